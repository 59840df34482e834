//! Which message a confirm and a return are about.
//!
//! The broker returns an unroutable message first and confirms it later, and confirms of other messages may come in
//! between. lapin hands a return to whichever confirm comes next, so the confirm that carries a returned message can be
//! about another one, and the confirm of the returned message itself then looks like a success. The number that every
//! publish carries in `correlation_id` puts that right.

use std::collections::HashSet;

use lapin::Confirmation;
use lapin::message::BasicReturnMessage;

use super::PublishError;

/// The number of a publish on its channel.
pub(super) type Number = u64;

/// A confirm as it arrived: for the message with this number, perhaps with a return that came before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Confirm {
    pub(super) number: Number,
    pub(super) acked: bool,
    pub(super) returned: Option<Number>,
}

impl Confirm {
    pub(super) fn new(number: Number, confirmation: Confirmation) -> Self {
        match confirmation {
            Confirmation::Ack(returned) => Self { number, acked: true, returned: returned_number(returned) },
            Confirmation::Nack(returned) => Self { number, acked: false, returned: returned_number(returned) },
            // Confirms are selected on every channel of ours; without them nothing is known to be stored.
            Confirmation::NotRequested => Self { number, acked: false, returned: None },
        }
    }
}

fn returned_number(returned: Option<BasicReturnMessage>) -> Option<Number> {
    returned?.delivery.properties.correlation_id().as_ref()?.as_str().parse().ok()
}

/// The returns whose own confirm has not come yet.
#[derive(Debug, Default)]
pub(super) struct Correlator {
    returned: HashSet<Number>,
}

impl Correlator {
    /// The results of the confirms that have arrived, which must be all of them: the return of one message may hang on
    /// the confirm of any other that arrived before its own.
    pub(super) fn settle(&mut self, confirms: Vec<Confirm>) -> Vec<(Number, Result<(), PublishError>)> {
        self.returned.extend(confirms.iter().filter_map(|confirm| confirm.returned));
        confirms
            .into_iter()
            .map(|Confirm { number, acked, .. }| {
                let result = match (acked, self.returned.remove(&number)) {
                    (_, true) => Err(PublishError::Unroutable),
                    (true, false) => Ok(()),
                    (false, false) => Err(PublishError::Rejected),
                };
                (number, result)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ack(number: Number, returned: Option<Number>) -> Confirm {
        Confirm { number, acked: true, returned }
    }

    const fn nack(number: Number, returned: Option<Number>) -> Confirm {
        Confirm { number, acked: false, returned }
    }

    #[test]
    fn a_confirm_alone_says_what_it_says() {
        let results =
            Correlator::default().settle(vec![ack(1, None), nack(2, None), ack(3, Some(3)), nack(4, Some(4))]);
        assert_eq!(
            results,
            [
                (1, Ok(())),
                (2, Err(PublishError::Rejected)),
                (3, Err(PublishError::Unroutable)),
                (4, Err(PublishError::Unroutable)),
            ]
        );
    }

    #[test]
    fn a_return_on_the_confirm_of_another_message_counts_for_its_own() {
        let results = Correlator::default().settle(vec![ack(2, None), ack(1, Some(2))]);
        assert_eq!(results, [(2, Err(PublishError::Unroutable)), (1, Ok(()))]);
    }

    #[test]
    fn a_return_is_remembered_until_its_own_confirm_comes() {
        let mut correlator = Correlator::default();
        assert_eq!(correlator.settle(vec![ack(1, Some(3)), ack(2, Some(4))]), [(1, Ok(())), (2, Ok(()))]);
        assert_eq!(correlator.settle(vec![ack(4, None)]), [(4, Err(PublishError::Unroutable))]);
        assert_eq!(
            correlator.settle(vec![ack(5, None), ack(3, None)]),
            [(5, Ok(())), (3, Err(PublishError::Unroutable))]
        );
        assert!(correlator.returned.is_empty());
    }

    #[test]
    fn without_confirms_nothing_is_stored() {
        assert_eq!(Confirm::new(1, Confirmation::NotRequested), nack(1, None));
        assert_eq!(Confirm::new(1, Confirmation::Ack(None)), ack(1, None));
    }
}
