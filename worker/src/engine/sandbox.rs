//! What a child may ask of the kernel: memory, threads of its own, the time, reading. No network, no program, no file that
//! it could write, nothing of other processes.
//!
//! The list names what is allowed: a system call that comes with the next kernel is refused like every other, and so are
//! the 32-bit forms. A refused call fails with EPERM and the parser goes on or gives up; it is not a death that would have
//! to be explained.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, PathBeneath, PathFd, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _, RulesetError,
};
use nix::libc;
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};

/// Calls that are allowed whatever their arguments.
const FREE: &[libc::c_long] = &[
    // The pipes, and files that are open.
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_pread64,
    libc::SYS_lseek,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_fcntl,
    libc::SYS_getdents64,
    libc::SYS_readlinkat,
    libc::SYS_getcwd,
    libc::SYS_ppoll,
    // Memory.
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    // Threads. `clone3` is answered by another filter.
    libc::SYS_clone3,
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_membarrier,
    libc::SYS_gettid,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // Signals, as a panic, an abort or a stack overflow needs them.
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    // Oneself and the clock.
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_getrusage,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_uname,
    libc::SYS_sysinfo,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_readlink,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_arch_prctl,
];

/// Shuts the calling thread in, and every thread that it starts from now on. There is no way out.
pub(super) fn enter(models_dir: Option<&Path>) -> io::Result<()> {
    hide_files(models_dir).map_err(io::Error::other)?;
    // The C library asks for threads by a call whose flags a filter cannot see, and by the old one when there is no such.
    install(SeccompAction::Allow, SeccompAction::Errno(errno(libc::ENOSYS)), [(libc::SYS_clone3, Vec::new())].into())?;
    let allowed = allowed().map_err(io::Error::other)?;
    install(SeccompAction::Errno(errno(libc::EPERM)), SeccompAction::Allow, allowed)
}

/// Leaves the models and what the kernel tells of oneself of all files. On a kernel that cannot do that (before 5.13) the
/// files of the worker's user stay readable.
fn hide_files(models_dir: Option<&Path>) -> Result<(), RulesetError> {
    let read = AccessFs::from_read(ABI::V1);
    let mut rules = Ruleset::default().handle_access(AccessFs::from_all(ABI::V1))?.create()?;
    for directory in [Some(Path::new("/proc/self")), models_dir].into_iter().flatten() {
        // A directory that is not there holds no models: that is said when one is needed.
        if let Ok(directory) = PathFd::new(directory) {
            rules = rules.add_rule(PathBeneath::new(directory, read))?;
        }
    }
    rules.restrict_self().map(drop)
}

fn allowed() -> Result<BTreeMap<libc::c_long, Vec<SeccompRule>>, BackendError> {
    let mut calls: BTreeMap<_, _> = FREE.iter().map(|call| (*call, Vec::new())).collect();
    let writes = flags(libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC);
    let reads_only = rule(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(writes), flags(libc::O_RDONLY))?;
    calls.insert(libc::SYS_openat, vec![reads_only]);
    let thread = flags(libc::CLONE_THREAD);
    calls.insert(libc::SYS_clone, vec![rule(0, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(thread), thread)?]);
    let own = u64::from(std::process::id());
    calls.insert(libc::SYS_tgkill, vec![rule(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, own)?]);
    calls.insert(libc::SYS_prlimit64, vec![rule(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, 0)?]);
    let name = flags(libc::PR_SET_NAME);
    calls.insert(libc::SYS_prctl, vec![rule(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, name)?]);
    Ok(calls)
}

fn rule(argument: u8, length: SeccompCmpArgLen, is: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(argument, length, is, value)?])
}

/// One filter: `matched` for the calls that are listed, `otherwise` for all others.
fn install(
    otherwise: SeccompAction,
    matched: SeccompAction,
    calls: BTreeMap<libc::c_long, Vec<SeccompRule>>,
) -> io::Result<()> {
    let architecture = std::env::consts::ARCH.try_into().map_err(io::Error::other)?;
    let filter = SeccompFilter::new(calls, otherwise, matched, architecture).map_err(io::Error::other)?;
    let program: BpfProgram = filter.try_into().map_err(|error: BackendError| io::Error::other(error))?;
    apply_filter(&program).map_err(io::Error::other)
}

const fn flags(flags: libc::c_int) -> u64 {
    flags.unsigned_abs() as u64
}

const fn errno(number: libc::c_int) -> u32 {
    number.unsigned_abs()
}
