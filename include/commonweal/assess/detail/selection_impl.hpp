// SPDX-License-Identifier: Apache-2.0
// Bodies of assess/selection.hpp.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include <Eigen/Core>

#include <commonweal/assess/detail/condition_backbone.hpp>
#include <commonweal/assess/selection.hpp>
#include <commonweal/catalogue/backbones.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/core/random.hpp>
#include <commonweal/core/suggest.hpp>

namespace commonweal::inline v0 {

namespace detail {

struct candidate {
  std::string id, name, type;
  std::set<std::string> functions;
  std::map<std::string, double> scores; ///< share of the scale by criterion
};

inline std::vector<candidate> read_candidates(const record_tables& records) {
  std::map<std::string, candidate> by_id;
  if (const table* t = find_records(records, "candidates"))
    for (std::size_t i = 0; i < t->rows(); ++i) {
      candidate c;
      c.id = std::string((*t)["id"].text(i));
      c.name = std::string(text_at(*t, "name", i));
      c.type = std::string(text_at(*t, "type", i));
      for (const auto& f : split_list(text_at(*t, "functions", i)))
        for (const auto& meant : functions_meant(f)) c.functions.insert(meant);
      by_id.emplace(c.id, std::move(c));
    }
  if (const table* t = find_records(records, "scores"))
    for (std::size_t i = 0; i < t->rows(); ++i) {
      const auto it = by_id.find(std::string((*t)["candidate"].text(i)));
      const double best = number_at(*t, "scale_max", i).value_or(5);
      const auto score = number_at(*t, "score", i);
      if (it != by_id.end() && score && best > 0)
        it->second.scores[std::string((*t)["criterion"].text(i))] = std::clamp(*score / best, 0.0, 1.0);
    }
  std::vector<candidate> out;
  for (auto& [id, c] : by_id) out.push_back(std::move(c));
  return out;
}

// The sides of tensions are shown apart and weigh in no sum.
inline bool is_tension_side(const std::string& criterion) {
  const auto dot = criterion.rfind('.');
  if (dot == std::string::npos) return false;
  for (const auto& t : catalogue::tensions)
    if (criterion.substr(0, dot) == t.what.id) return true;
  return false;
}

inline std::vector<std::string> scored_criteria(const std::vector<candidate>& candidates) {
  std::set<std::string> names;
  for (const auto& c : candidates)
    for (const auto& [criterion, score] : c.scores)
      if (!is_tension_side(criterion)) names.insert(criterion);
  return {names.begin(), names.end()};
}

inline Eigen::VectorXd checked_weights(const std::vector<std::string>& criteria,
                                       const std::map<std::string, double>& given) {
  for (const auto& [criterion, weight] : given) {
    if (std::find(criteria.begin(), criteria.end(), criterion) == criteria.end())
      throw error(error_code::invalid_argument,
                  with_hint("a weight is given for " + criterion + ", which nobody is scored on",
                            did_you_mean(criterion, criteria)));
    if (!(weight >= 0) || std::isinf(weight))
      throw error(error_code::invalid_argument, "the weight of " + criterion + " is negative or not finite");
  }
  Eigen::VectorXd w(static_cast<Eigen::Index>(criteria.size()));
  for (std::size_t c = 0; c < criteria.size(); ++c) {
    const auto it = given.find(criteria[c]);
    w[static_cast<Eigen::Index>(c)] = given.empty() ? 1.0 : it == given.end() ? 0.0 : it->second;
  }
  if (!(w.sum() > 0)) throw error(error_code::invalid_argument, "all weights are zero");
  return w / w.sum();
}

inline std::vector<std::int64_t> ranks(const Eigen::VectorXd& score) {
  std::vector<std::int64_t> out;
  for (Eigen::Index i = 0; i < score.size(); ++i) out.push_back(1 + (score.array() > score[i] + 1e-12).count());
  return out;
}

// Vector normalization, then closeness to the best against the worst seen. A criterion on which all are alike tells
// none apart.
inline Eigen::VectorXd topsis(const Eigen::MatrixXd& x, const Eigen::VectorXd& w) {
  Eigen::MatrixXd v = x;
  for (Eigen::Index c = 0; c < x.cols(); ++c) {
    const double norm = x.col(c).norm();
    v.col(c) *= norm > 0 ? w[c] / norm : 0.0;
  }
  const Eigen::RowVectorXd best = v.colwise().maxCoeff();
  const Eigen::RowVectorXd worst = v.colwise().minCoeff();
  const Eigen::VectorXd to_best = (v.rowwise() - best).rowwise().norm();
  const Eigen::VectorXd to_worst = (v.rowwise() - worst).rowwise().norm();
  Eigen::VectorXd out(x.rows());
  for (Eigen::Index i = 0; i < x.rows(); ++i)
    out[i] = to_best[i] + to_worst[i] > 0 ? to_worst[i] / (to_best[i] + to_worst[i]) : 1.0;
  return out;
}

// Uniform on the simplex: exponentials divided by their sum.
inline Eigen::VectorXd share_of_wins(const Eigen::MatrixXd& x, std::size_t draws, std::uint64_t seed) {
  Eigen::VectorXd wins = Eigen::VectorXd::Zero(x.rows());
  seeded_random random(seed);
  Eigen::VectorXd w(x.cols());
  for (std::size_t d = 0; d < draws; ++d) {
    for (auto& weight : w) weight = -std::log(1 - random.uniform());
    const Eigen::VectorXd total = x * (w / w.sum());
    const double best = total.maxCoeff();
    const Eigen::ArrayXd winners = (total.array() >= best - 1e-12).cast<double>();
    wins += (winners / winners.sum()).matrix();
  }
  return draws > 0 ? Eigen::VectorXd(wins / static_cast<double>(draws)) : wins;
}

} // namespace detail

COMMONWEAL_BODY table rank_backbones(const record_tables& records, const selection_options& o) {
  const auto candidates = detail::read_candidates(records);
  const auto criteria = detail::scored_criteria(candidates);
  if (candidates.empty()) throw error(error_code::invalid_argument, "candidates.csv names no candidate");
  if (criteria.empty()) throw error(error_code::invalid_argument, "scores.csv scores no candidate on any criterion");
  const Eigen::VectorXd w = detail::checked_weights(criteria, o.weights);
  const auto n = static_cast<Eigen::Index>(candidates.size());
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(n, w.size());
  std::vector<std::string> gaps(candidates.size());
  std::vector<std::int64_t> scored(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i)
    for (std::size_t c = 0; c < criteria.size(); ++c) {
      const auto it = candidates[i].scores.find(criteria[c]);
      const bool has = it != candidates[i].scores.end();
      if (has) x(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c)) = it->second;
      scored[i] += has ? 1 : 0;
      if (!has || it->second < o.good_enough)
        gaps[i] += (gaps[i].empty() ? "" : "; ") + criteria[c] + (has ? "" : " (not scored)");
    }
  const Eigen::VectorXd sum = x * w;
  const Eigen::VectorXd close = detail::topsis(x, w);
  const Eigen::VectorXd wins = detail::share_of_wins(x, o.draws, o.seed);
  const auto rank_sum = detail::ranks(sum);
  const auto rank_close = detail::ranks(close);
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank_sum[a] < rank_sum[b]; });
  table t({{"candidate", column_type::utf8},
           {"name", column_type::utf8},
           {"type", column_type::utf8},
           {"weighted_sum", column_type::float64},
           {"rank_weighted", column_type::int64},
           {"topsis", column_type::float64},
           {"rank_topsis", column_type::int64},
           {"wins", column_type::float64},
           {"criteria_scored", column_type::int64},
           {"criteria", column_type::int64},
           {"gaps", column_type::utf8},
           {"good_enough", column_type::boolean},
           {"deadline", column_type::date}});
  for (const auto i : order) {
    const auto r = static_cast<Eigen::Index>(i);
    t.append_row({std::string_view(candidates[i].id), std::string_view(candidates[i].name),
                  std::string_view(candidates[i].type), sum[r], rank_sum[i], close[r], rank_close[i], wins[r],
                  scored[i], static_cast<std::int64_t>(criteria.size()), std::string_view(gaps[i]), gaps[i].empty(),
                  o.deadline ? cell{*o.deadline} : cell{}});
  }
  return t;
}

COMMONWEAL_BODY table tension_table(const record_tables& records) {
  table t({{"candidate", column_type::utf8},
           {"tension", column_type::utf8},
           {"one", column_type::utf8},
           {"other", column_type::utf8},
           {"score_one", column_type::float64},
           {"score_other", column_type::float64}});
  for (const auto& c : detail::read_candidates(records))
    for (const auto& tension : catalogue::tensions) {
      const auto score = [&](const char* side) -> cell {
        const auto it = c.scores.find(std::string(tension.what.id) + side);
        return it == c.scores.end() ? cell{} : cell{it->second};
      };
      t.append_row(
          {std::string_view(c.id), tension.what.id, tension.one, tension.other, score(".one"), score(".other")});
    }
  return t;
}

COMMONWEAL_BODY table share_functions(const record_tables& records, const sharing_options& o, std::size_t most) {
  constexpr unsigned all = (1U << catalogue::functions.size()) - 1;
  struct offer {
    std::string id;
    unsigned functions;
    double cost;
  };
  std::vector<offer> offers;
  for (const auto& c : detail::read_candidates(records)) {
    unsigned mask = 0;
    for (std::size_t f = 0; f < catalogue::functions.size(); ++f)
      if (c.functions.contains(std::string(catalogue::functions[f].id))) mask |= 1U << f;
    const auto it = o.cost.find(c.id);
    const double cost = it == o.cost.end() ? 1.0 : it->second;
    if (!(cost >= 0)) throw error(error_code::invalid_argument, "the cost of " + c.id + " is negative");
    if (mask != 0) offers.push_back({c.id, mask, cost + o.coordination_cost});
  }
  if (!(o.coordination_cost >= 0)) throw error(error_code::invalid_argument, "the coordination cost is negative");
  // best[i][m]: least cost of covering the functions missing in m with offers i, i + 1, ...
  const double never = std::numeric_limits<double>::infinity();
  std::vector<std::array<double, all + 1>> best(offers.size() + 1);
  best.back().fill(never);
  best.back()[all] = 0;
  for (std::size_t i = offers.size(); i-- > 0;)
    for (unsigned m = 0; m <= all; ++m)
      best[i][m] =
          std::min(best[i + 1][m],
                   (m | offers[i].functions) == m ? never : offers[i].cost + best[i + 1][m | offers[i].functions]);
  table t({{"solution", column_type::int64},
           {"organizations", column_type::utf8},
           {"size", column_type::int64},
           {"cost", column_type::float64},
           {"functions", column_type::utf8}});
  if (std::isinf(best[0][0])) return t;
  const double least = best[0][0] - o.coordination_cost;
  std::vector<std::size_t> chosen;
  const auto write = [&] {
    std::string who, what;
    for (const auto i : chosen) who += (who.empty() ? "" : "; ") + offers[i].id;
    for (std::size_t f = 0; f < catalogue::functions.size(); ++f)
      for (const auto i : chosen)
        if ((offers[i].functions >> f & 1U) != 0) {
          what += (what.empty() ? "" : "; ") + std::string(catalogue::functions[f].id) + ": " + offers[i].id;
          break;
        }
    t.append_row({static_cast<std::int64_t>(t.rows() + 1), std::string_view(who),
                  static_cast<std::int64_t>(chosen.size()), least, std::string_view(what)});
  };
  // Walks only where the least cost can still be reached, so that every step ends in a solution.
  const auto close = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); };
  const auto walk = [&](const auto& self, std::size_t i, unsigned m) -> void {
    if (t.rows() >= most) return;
    if (m == all) return write();
    if (i == offers.size()) return;
    const unsigned next = m | offers[i].functions;
    if (next != m && close(offers[i].cost + best[i + 1][next], best[i][m])) {
      chosen.push_back(i);
      self(self, i + 1, next);
      chosen.pop_back();
    }
    if (close(best[i + 1][m], best[i][m])) self(self, i + 1, m);
  };
  walk(walk, 0, 0);
  return t;
}

COMMONWEAL_BODY std::vector<std::string> uncovered_functions(const record_tables& records) {
  std::set<std::string> covered;
  for (const auto& c : detail::read_candidates(records)) covered.insert(c.functions.begin(), c.functions.end());
  std::vector<std::string> out;
  for (const auto& f : catalogue::functions)
    if (!covered.contains(std::string(f.id))) out.emplace_back(f.id);
  return out;
}

COMMONWEAL_BODY void check_candidates(const record_tables& records, diagnostics& found) {
  const table* candidates = find_records(records, "candidates");
  const table* scores = find_records(records, "scores");
  std::set<std::string_view> scored;
  for (std::size_t i = 0; scores != nullptr && i < scores->rows(); ++i) scored.insert((*scores)["candidate"].text(i));
  for (std::size_t i = 0; candidates != nullptr && i < candidates->rows(); ++i) {
    const std::string id((*candidates)["id"].text(i));
    if (!scored.contains(id))
      found.add({severity::error, "candidate_without_scores", "candidates.csv", static_cast<std::int64_t>(i) + 2, "id",
                 id, "candidate " + id + " has no row in scores.csv, so that it cannot be compared"});
    for (const auto& f : detail::split_list(text_at(*candidates, "functions", i)))
      if (detail::functions_meant(f).empty())
        found.add({severity::error, "unknown_function", "candidates.csv", static_cast<std::int64_t>(i) + 2, "functions",
                   id, "no list of backbone functions has " + f + "; see the catalogue list functions"});
  }
}

} // namespace commonweal::inline v0
