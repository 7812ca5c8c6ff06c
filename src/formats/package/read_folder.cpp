// SPDX-License-Identifier: Apache-2.0
// A folder to an initiative: files in the order that references need, in bounded batches, observations read ahead by a
// second thread.
#include <commonweal/load.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include <commonweal/core/csv_table.hpp>
#include <commonweal/core/error.hpp>
#include <commonweal/formats/package.hpp>
#include <commonweal/formats/packed.hpp>
#include <commonweal/initiative/initiative_builder.hpp>

#include "bytes/held_folder.hpp"
#include "formats/package/held_package.hpp"
#include "initiative/table_checks.hpp"

namespace commonweal::inline v0 {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t batch_rows = 8192;
constexpr std::uintmax_t read_ahead_from = 1 << 20; // bytes; below, a thread costs more than it saves

/// How the columns of a file are to be read: the model's by its schema, others as the package says or as text.
std::vector<csv_column> plan_for(const package_resource& resource, const std::vector<std::string>& header) {
  const auto fields = fields_of(resource.file);
  std::vector<csv_column> plan;
  for (const auto& name : header) {
    csv_column c{name, column_type::utf8, false, resource.rules_of(name)};
    const auto rule = std::find_if(fields.begin(), fields.end(), [&](const field_rule& f) { return f.name == name; });
    const auto declared =
        std::find_if(resource.fields.begin(), resource.fields.end(), [&](const auto& f) { return f.name == name; });
    if (rule != fields.end()) c.type = rule->type;
    else if (declared != resource.fields.end()) c.type = declared->type;
    // A row without a required date or period has no place; one without a required id is refused where ids are known.
    c.required = rule != fields.end() && rule->required && rule->type != column_type::utf8;
    plan.push_back(std::move(c));
  }
  return plan;
}

struct batch {
  table rows;
  origin from;
  std::uint64_t bytes = 0; ///< of the file, read so far
};

/// Hands batches from a reading thread to the one that uses them; at most `depth` are there at a time, and their memory
/// goes round.
class read_ahead {
 public:
  explicit read_ahead(csv_batches& source) : source_(source), thread_([this] { run(); }) {}
  read_ahead(const read_ahead&) = delete;
  read_ahead& operator=(const read_ahead&) = delete;
  ~read_ahead() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  /// The next batch in exchange for the last; false at the end. Throws what the reading thread threw.
  bool next(batch& b) {
    std::unique_lock lock(mutex_);
    if (b.rows.column_count() > 0) spare_.push_back(std::move(b));
    changed_.notify_all();
    changed_.wait(lock, [this] { return !full_.empty() || done_; });
    if (full_.empty()) {
      if (failure_) std::rethrow_exception(failure_);
      return false;
    }
    b = std::move(full_.front());
    full_.pop_front();
    return true;
  }

 private:
  static constexpr std::size_t depth = 4;

  void run() {
    try {
      std::size_t made = 0;
      for (;;) {
        batch b;
        {
          std::unique_lock lock(mutex_);
          changed_.wait(lock, [&] { return stop_ || !spare_.empty() || made < depth; });
          if (stop_) return;
          if (!spare_.empty()) {
            b = std::move(spare_.back());
            spare_.pop_back();
          } else {
            ++made;
          }
        }
        if (b.rows.column_count() == 0) b.rows = source_.shape();
        const bool more = source_.next(b.rows, b.from, batch_rows);
        b.bytes = source_.reader().bytes_read();
        const std::lock_guard lock(mutex_);
        if (more) full_.push_back(std::move(b));
        else done_ = true;
        changed_.notify_all();
        if (!more) return;
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      done_ = true;
      changed_.notify_all();
    }
  }

  csv_batches& source_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<batch> full_;
  std::vector<batch> spare_;
  std::exception_ptr failure_;
  bool done_ = false;
  bool stop_ = false;
  std::thread thread_;
};

class folder_reader {
 public:
  folder_reader(detail::held_folder& folder, diagnostics& found, const progress& tell)
      : folder_(folder), found_(found), tell_(tell) {}

  initiative read() {
    package p = detail::read_package(folder_, found_);
    // Nodes, edges and records in the order of the model; then files that the model does not know.
    const auto& order = files_of_the_model();
    const auto place = [&](const package_resource& r) {
      return r.file.empty() ? order.size()
                            : static_cast<std::size_t>(std::find(order.begin(), order.end(), r.file) - order.begin());
    };
    std::stable_sort(p.resources.begin(), p.resources.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    for (const auto& r : p.resources) all_bytes_ += folder_.open_file(r.path).size;
    initiative_builder in(std::move(p.info));
    for (const auto& r : p.resources) read_file(r, in);
    return in.finish(found_);
  }

 private:
  void read_file(const package_resource& resource, initiative_builder& in) {
    diagnostics of_text; // the reading thread's own, until it has ended
    const auto opened = folder_.open_file(resource.path);
    if (opened.is != detail::held_file::state::open)
      detail::refuse(folder_.path() / resource.path, "unreadable_file",
                     "the file cannot be opened any more: it was changed while the folder was read");
    csv_reader reader(detail::bytes_of(opened.file, folder_.path() / resource.path), resource.path, resource.csv,
                      of_text);
    if (reader.header().empty()) {
      found_.merge(of_text);
      return;
    }
    auto plan = plan_for(resource, reader.header());
    csv_batches batches(std::move(reader), std::move(plan), of_text);
    const std::string_view name =
        resource.file.empty() ? std::string_view(resource.name) : std::string_view(resource.file);

    // Where the columns do not fit, one finding a column is enough, whatever the number of rows.
    const auto fields = fields_of(resource.file);
    table shape = batches.shape();
    diagnostics of_rows;
    const bool fits = detail::fit_to_schema(fields, shape, {resource.path}, of_rows);
    bool any = false;
    const auto use = [&](const batch& b) {
      any = true;
      if (fits) in.append(name, b.rows, b.from, of_rows);
      report(done_bytes_ + b.bytes, resource.path);
    };
    const auto size = opened.size;
    batch b;
    if (resource.file == "observations" && size >= read_ahead_from) {
      read_ahead ahead(batches);
      while (ahead.next(b)) use(b);
    } else {
      b.rows = batches.shape();
      while (batches.next(b.rows, b.from, batch_rows)) {
        b.bytes = batches.reader().bytes_read();
        use(b);
      }
    }
    if (!any && fits) in.append(name, shape, {resource.path}, of_rows); // its columns, without rows
    take(of_text, of_rows);
    done_bytes_ += size;
    report(done_bytes_, resource.path);
  }

  /// What was found in the text and in the rows made of it, by row. Findings of which some were only counted stay
  /// apart.
  void take(const diagnostics& of_text, const diagnostics& of_rows) {
    const bool whole = of_text.items().size() == of_text.size() && of_rows.items().size() == of_rows.size();
    if (!whole) {
      found_.merge(of_text);
      found_.merge(of_rows);
      return;
    }
    std::vector<diagnostic> all = of_text.items();
    all.insert(all.end(), of_rows.items().begin(), of_rows.items().end());
    std::stable_sort(all.begin(), all.end(), [](const diagnostic& a, const diagnostic& b) { return a.row < b.row; });
    for (auto& d : all) found_.add(std::move(d));
  }

  void report(std::uint64_t bytes, const std::string& path) const {
    if (!tell_) return;
    const double share =
        all_bytes_ == 0 ? 1.0 : std::min(1.0, static_cast<double>(bytes) / static_cast<double>(all_bytes_));
    if (!tell_(share, "reading " + path))
      throw error(error_code::cancelled, "reading " + folder_.path().string() + " was cancelled");
  }

  detail::held_folder& folder_;
  diagnostics& found_;
  const progress& tell_;
  std::uint64_t all_bytes_ = 0;
  std::uint64_t done_bytes_ = 0;
};

} // namespace

initiative read_folder(const fs::path& folder, diagnostics& found, const progress& tell) {
  return detail::read_held(folder, found,
                           [&](detail::held_folder& held) { return folder_reader(held, found, tell).read(); });
}

initiative load(const fs::path& path, diagnostics& found, const progress& tell) {
  std::error_code failed;
  const auto status = fs::status(path, failed);
  // A link to nothing, or one that goes round, is a datapackage.json too: its folder says what is wrong with it.
  if (path.filename() == detail::package_file && !fs::is_directory(status) &&
      fs::symlink_status(path, failed).type() != fs::file_type::not_found)
    return read_folder(path.has_parent_path() ? path.parent_path() : fs::path("."), found, tell);
  if (failed || !fs::exists(status) || fs::is_directory(status)) return read_folder(path, found, tell);
  if (!fs::is_regular_file(status))
    detail::refuse(path, "not_a_file",
                   "this is a pipe, a socket or a device; an initiative is read from a folder or from a regular file: "
                   "write the packed initiative to a file and name that");
  if (is_packed_file(path)) return load_packed(path);
  detail::refuse(path, "unknown_format",
                 "this is neither a folder with datapackage.json, nor that file itself, nor a packed initiative");
}

initiative load(const fs::path& path) {
  diagnostics found;
  return load(path, found);
}

} // namespace commonweal::inline v0
