//! What is in force, replaced as a whole while the process runs.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// A handle to what is in force. Cheap to clone; every clone sees a replacement at once.
pub struct Current<T> {
    current: Arc<RwLock<Arc<T>>>,
}

impl<T> Current<T> {
    /// A handle to this.
    #[must_use]
    pub fn new(first: T) -> Self {
        Self { current: Arc::new(RwLock::new(Arc::new(first))) }
    }

    /// What is in force at this moment; a piece of work is done by one and the same from its beginning to its end.
    #[must_use]
    pub fn current(&self) -> Arc<T> {
        // A panic while an Arc is replaced leaves one of the two.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another in force and answers the one before.
    pub fn replace(&self, next: T) -> Arc<T> {
        std::mem::replace(&mut *self.current.write().unwrap_or_else(PoisonError::into_inner), Arc::new(next))
    }
}

impl<T> Clone for Current<T> {
    fn clone(&self) -> Self {
        Self { current: Arc::clone(&self.current) }
    }
}

impl<T: Default> Default for Current<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Current<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Current").field(&self.current()).finish()
    }
}
