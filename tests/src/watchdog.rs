//! The end of our processes when the tests themselves are killed: by Ctrl-C, by a time limit, by the machine's lack of
//! memory. A shell of its own waits for the end of a pipe that only this program holds, and then kills what is left.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

use nix::unistd::Pid;

const SCRIPT: &str = r#"
running=
while read -r verb group; do
  kept=
  for other in $running; do [ "$other" = "$group" ] || kept="$kept $other"; done
  running=$kept
  [ "$verb" = ended ] || running="$running $group"
done
for group in $running; do kill -s KILL -- "-$group"; done
"#;

static PIPE: LazyLock<Mutex<ChildStdin>> = LazyLock::new(|| Mutex::new(start()));

#[expect(clippy::zombie_processes, reason = "it outlives this program: that is what it is for")]
fn start() -> ChildStdin {
    let mut shell = Command::new("/bin/sh")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Ctrl-C reaches a whole group.
        .process_group(0)
        .spawn()
        .expect("/bin/sh can be started");
    shell.stdin.take().expect("its input is a pipe")
}

fn tell(verb: &str, group: Pid) {
    let mut pipe = PIPE.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(pipe, "{verb} {group}").expect("the watchdog is alive");
}

/// A group of processes that must not outlive this program.
pub(crate) fn started(group: Pid) {
    tell("started", group);
}

/// A group that has ended: its number may be given to somebody else's.
pub(crate) fn ended(group: Pid) {
    tell("ended", group);
}
