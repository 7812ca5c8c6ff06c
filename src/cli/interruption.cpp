// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and its like while files are written.
#include "cli/interruption.hpp"

#include "cli/command.hpp"

namespace commonweal::inline v0::cli {

namespace {
volatile std::sig_atomic_t came = 0;
void remember(int signal) { came = signal; }
} // namespace

interruption::interruption() {
  struct sigaction stop {};
  stop.sa_handler = &remember;
  stop.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigemptyset(&stop.sa_mask);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    ::sigaction(signals[i], nullptr, &before_[i]);
    if (before_[i].sa_handler != SIG_IGN) ::sigaction(signals[i], &stop, nullptr);
  }
}

interruption::~interruption() {
  for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &before_[i], nullptr);
}

bool interruption::asked() { return came != 0; }

void interruption::pass_on() {
  if (came == 0) return;
  say("commonweal: stopped; what was there before is as it was");
  std::signal(came, SIG_DFL);
  std::raise(came);
}

} // namespace commonweal::inline v0::cli
