// SPDX-License-Identifier: Apache-2.0
// Fails or kills a save at every one of its system calls, and at every write offset, and looks at what is left:
// save_campaign DRIVER FOLDER [quick|long]. Exit code 77: fault injection is not permitted here.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <commonweal/bytes/atomic_file.hpp>
#include <commonweal/load.hpp>

#include "snapshot_samples.hpp"

namespace {

namespace fs = std::filesystem;
using bytes = std::vector<std::byte>;

constexpr int skipped = 77;
constexpr std::uint64_t old_seed = 21;
constexpr std::uint64_t new_seed = 22;

bytes packed(std::uint64_t seed) { return commonweal::pack(commonweal::samples::random_initiative(seed, 4)); }

bytes read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  bytes b(text.size());
  std::memcpy(b.data(), text.data(), text.size());
  return b;
}

void write_file(const fs::path& file, const bytes& b) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(b.data()), static_cast<std::streamsize>(b.size()));
}

/// Runs a program with standard output and error into files; the wait status, or -1.
int run(const std::vector<std::string>& words, const fs::path& out, const fs::path& err) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (const auto& [path, number] : {std::pair(&out, 1), std::pair(&err, 2)}) {
      const int to = ::open(path->c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
      ::dup2(to, number);
    }
    std::vector<char*> argv;
    for (const auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
    argv.push_back(nullptr);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  int status = -1;
  return ::waitpid(child, &status, 0) == child ? status : -1;
}

struct tally {
  long cases = 0;
  long succeeded = 0; // reported success, new content
  long stayed_old = 0;
  long failed_new = 0; // reported failure or killed, new content
  long left_over = 0;  // temporary files left by a kill
  long unreadable = 0; // neither old nor new: must be 0
  long ok_but_old = 0; // must be 0
  long untidy = 0;     // a leftover without a kill, changed bits, a broken link, an unclear message: must be 0
  [[nodiscard]] bool clean() const { return unreadable + ok_but_old + untidy == 0; }
};

enum class start { existing, absent, link };

class campaign {
 public:
  campaign(fs::path driver, fs::path folder) : driver_(std::move(driver)), folder_(std::move(folder)) {
    fs::create_directories(folder_);
    old_ = packed(old_seed);
    new_ = packed(new_seed);
  }

  [[nodiscard]] const tally& result() const { return tally_; }

  /// The system calls of a save, in order, each with its index among those of its name; empty where tracing fails.
  std::vector<std::pair<std::string, int>> calls(start from, std::size_t chunk) {
    prepare(from);
    const auto log = folder_ / "trace";
    const int status =
        run({"strace", "-f", "-qq", "-o", log, driver_, target(from), std::to_string(new_seed), std::to_string(chunk)},
            folder_ / "out", folder_ / "err");
    if (status != 0) return {};
    std::ifstream in(log);
    std::map<std::string, int> seen;
    std::vector<std::pair<std::string, int>> during;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
      const auto begin = line.find_first_not_of("0123456789 ");
      const auto paren = line.find('(');
      if (begin == std::string::npos || paren == std::string::npos || begin > paren) continue;
      const auto name = line.substr(begin, paren - begin);
      const int index = ++seen[name];
      if (name == "getppid") inside = !inside;
      else if (inside) during.emplace_back(name, index);
    }
    return during;
  }

  /// One case: the fault at the call, and perhaps a second one.
  void inject(start from, std::size_t chunk, const std::string& call, const std::string& fault, int index,
              const std::string& second = {}) {
    prepare(from);
    std::vector<std::string> words{"strace",
                                   "-f",
                                   "-qq",
                                   "-o",
                                   "/dev/null",
                                   "-e",
                                   "inject=" + call + ":" + fault + ":when=" + std::to_string(index)};
    if (!second.empty()) words.insert(words.end(), {"-e", "inject=" + second});
    words.insert(words.end(), {driver_, target(from), std::to_string(new_seed), std::to_string(chunk)});
    const int status = run(words, folder_ / "out", folder_ / "err");
    const bool killed = fault == "signal=KILL";
    judge(from, status == 0, killed || !second.empty() || call == "unlinkat",
          call + " " + std::to_string(index) + " " + fault + " " + second);
  }

  /// A real short write and then EFBIG, or the signal that goes with it, after `limit` bytes of the file.
  void limit_size(std::size_t limit, bool ignore_signal) {
    prepare(start::existing);
    const pid_t child = ::fork();
    if (child == 0) {
      const rlimit at{limit, limit};
      const rlimit none{0, 0};
      ::setrlimit(RLIMIT_CORE, &none);
      if (ignore_signal) std::signal(SIGXFSZ, SIG_IGN);
      ::setrlimit(RLIMIT_FSIZE, &at);
      try {
        commonweal::write_file_atomically(target(start::existing), new_, {.chunk = 1000});
      } catch (const std::exception&) { ::_exit(1); }
      ::_exit(0);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    judge(start::existing, status == 0, !ignore_signal, "file size limit " + std::to_string(limit));
  }

  /// Saves on a file system with `room` bytes free or a little less. False where it cannot be mounted.
  bool fill_disk() {
    const auto disk = folder_ / "disk";
    fs::create_directories(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=96k,mode=700") != 0) return false;
    const auto keep = std::exchange(folder_, disk);
    for (std::size_t filler = 0; filler <= 96 * 1024; filler += 4096) {
      std::error_code none;
      fs::remove(folder_ / "filler", none);
      prepare(start::existing);
      write_file(folder_ / "filler", bytes(filler, std::byte{1}));
      bool ok = true;
      std::string why;
      try {
        commonweal::write_file_atomically(target(start::existing), new_, {.chunk = 1000});
      } catch (const commonweal::error& e) {
        ok = false;
        why = e.what();
      }
      if (!ok && why.find("No space left on device") == std::string::npos) complain("disk full", "said: " + why);
      if (read_file(target(start::existing)).empty()) continue; // the old file did not fit beside the filler
      judge(start::existing, ok, false, "disk with a filler of " + std::to_string(filler));
    }
    folder_ = keep;
    ::umount(disk.c_str());
    return true;
  }

 private:
  [[nodiscard]] fs::path target(start from) const { return folder_ / (from == start::link ? "link" : "file"); }

  void prepare(start from) {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_))
      if (entry.path().filename().string().starts_with(".commonweal-")) fs::remove(entry.path(), none);
    fs::remove(folder_ / "link", none);
    fs::remove(folder_ / "file", none);
    if (from != start::absent) {
      write_file(folder_ / "file", old_);
      ::chmod((folder_ / "file").c_str(), 0640);
    }
    if (from == start::link) fs::create_symlink("file", folder_ / "link");
  }

  void complain(const std::string& what, const std::string& why) {
    ++tally_.untidy;
    std::printf("FAULT at %s: %s\n", what.c_str(), why.c_str());
  }

  void judge(start from, bool ok, bool may_leave, const std::string& what) {
    ++tally_.cases;
    const auto file = folder_ / "file";
    const bool there = fs::exists(file);
    const auto content = there ? read_file(file) : bytes{};
    const bool is_new = there && content == new_;
    const bool is_old = from == start::absent ? !there : there && content == old_;
    if (!is_new && !is_old) {
      ++tally_.unreadable;
      std::printf("FAULT at %s: neither old nor new\n", what.c_str());
    } else if (ok && !is_new) {
      ++tally_.ok_but_old;
      std::printf("FAULT at %s: success was reported and the old file is there\n", what.c_str());
    }
    tally_.succeeded += ok && is_new ? 1 : 0;
    tally_.stayed_old += !ok && is_old ? 1 : 0;
    tally_.failed_new += !ok && is_new ? 1 : 0;
    if (there && from != start::absent && (fs::status(file).permissions() & fs::perms::all) != fs::perms{0640})
      complain(what, "the permission bits changed");
    if (from == start::link && !fs::is_symlink(folder_ / "link")) complain(what, "the link is gone");
    for (const auto& entry : fs::directory_iterator(folder_)) {
      const auto name = entry.path().filename().string();
      if (!name.starts_with(".commonweal-") || !name.ends_with(".tmp")) continue;
      ++tally_.left_over;
      if (!may_leave) complain(what, "a temporary file is left");
    }
  }

  fs::path driver_;
  fs::path folder_;
  bytes old_;
  bytes new_;
  tally tally_;
};

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const bool thorough = argc > 3 && std::string(argv[3]) == "long";
  campaign all(argv[1], fs::path(argv[2]) / "save-campaign");
  const auto began = std::chrono::steady_clock::now();

  if (all.calls(start::existing, 0).empty()) {
    std::puts("SKIPPED: strace is absent or may not trace processes here");
    return skipped;
  }
  const std::vector<std::string> faults = {"signal=KILL", "error=ENOSPC", "error=EIO", "error=EINTR"};
  for (const auto from : {start::existing, start::absent, start::link})
    for (const std::size_t chunk :
         thorough ? std::vector<std::size_t>{0, 700, 3000} : std::vector<std::size_t>{0, 1500}) {
      const auto calls = all.calls(from, chunk);
      std::printf("%zu system calls in the save, pieces of %zu bytes\n", calls.size(), chunk);
      for (const auto& [call, index] : calls) {
        for (const auto& fault : faults) all.inject(from, chunk, call, fault, index);
        // The system lies: it says that one byte was written, and wrote none.
        if (call == "write") all.inject(from, chunk, call, "retval=1", index);
        // The removal of the temporary file fails as well.
        if (thorough || from == start::existing)
          all.inject(from, chunk, call, "error=EIO", index, "unlinkat:error=EROFS");
      }
    }
  for (std::size_t limit = 0; limit < 16384; limit += thorough ? 7 : 101)
    for (const bool ignore : {false, true}) all.limit_size(limit, ignore);
  if (!all.fill_disk()) std::puts("a full disk was not tried: mounting a small file system is not permitted here");

  const auto& t = all.result();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%ld cases in %.1f s: %ld saved, %ld left the old file, %ld failed with the new one in place; "
              "%ld temporary files left by kills or failed removals\n"
              "%ld neither old nor new, %ld success reported with the old file, %ld untidy\n",
              t.cases, took.count(), t.succeeded, t.stayed_old, t.failed_new, t.left_over, t.unreadable, t.ok_but_old,
              t.untidy);
  return t.clean() ? 0 : 1;
}
