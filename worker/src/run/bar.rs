//! How far it is, on a terminal: the pages of a single request, or the requests of many.

use std::convert::Infallible;
use std::future::pending;

use documents::{Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::watch;

/// A bar on standard error, which is not drawn where that is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    single: bool,
}

impl Bar {
    /// Of so many requests.
    pub(super) fn of(requests: usize) -> Self {
        let single = requests == 1;
        let bar = ProgressBar::new(if single { 0 } else { requests as u64 });
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(if single { "" } else { "requests" });
        Self { bar, single }
    }

    /// Follows the only request for as long as it lasts.
    pub(super) async fn follow(&self, mut progress: watch::Receiver<Option<Progress>>) -> Infallible {
        while self.single && progress.changed().await.is_ok() {
            if let Some(progress) = *progress.borrow_and_update() {
                self.bar.set_length(progress.total.into());
                self.bar.set_position(progress.done.into());
                self.bar.set_message(match progress.stage {
                    Stage::Reading => "pages read",
                    Stage::Recognizing => "pages recognized",
                });
            }
        }
        pending().await
    }

    /// One request is answered.
    pub(super) fn answered(&self) {
        if !self.single {
            self.bar.inc(1);
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
