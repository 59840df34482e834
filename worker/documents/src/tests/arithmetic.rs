use crate::extract::arithmetic::{Known, Ledger, Role, is_product};
use crate::value::Decimal;

fn figure(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn ledger(figures: &[(Role, &str)]) -> Ledger {
    let mut ledger = Ledger::default();
    for (role, text) in figures {
        ledger.push(*role, figure(text));
    }
    ledger
}

#[test]
fn products_may_be_a_rounding_unit_off_and_no_more() {
    let is_product = |a, b, c| is_product(figure(a), figure(b), figure(c));
    assert!(is_product("3", "4.50", "13.50"));
    assert!(is_product("1.333", "0.75", "1.00"));
    assert!(is_product("3", "0.333", "1.00"));
    assert!(!is_product("3", "4.50", "13.52"));
    assert!(is_product("-2", "5.00", "-10.00"));
    assert!(!is_product("3", "5", "16"));
}

#[test]
fn of_several_totals_the_one_that_adds_up_is_supported() {
    let ledger = ledger(&[(Role::Subtotal, "100.00"), (Role::Tax, "19.00"), (Role::Tax, "7.00")]);
    assert!(ledger.support(Role::Total, figure("119.00")) > 0.9);
    assert!(ledger.support(Role::Total, figure("107.00")) > 0.9);
    assert!(ledger.support(Role::Total, figure("119.02")) < 0.1);
    assert!(ledger.support(Role::Total, figure("100.00")) < 0.1);
}

#[test]
fn shipping_and_discounts_are_part_of_the_sum() {
    let mut ledger = ledger(&[(Role::Subtotal, "100.00"), (Role::Tax, "20.00"), (Role::Shipping, "5.00")]);
    assert!(ledger.support(Role::Total, figure("125.00")) > 0.9);
    ledger.push(Role::Discount, figure("-10.00"));
    assert!(ledger.support(Role::Total, figure("110.00")) > 0.9);
}

#[test]
fn what_was_paid_less_the_change_is_the_total() {
    let ledger = ledger(&[(Role::Paid, "50.00"), (Role::Change, "7.40")]);
    assert!(ledger.support(Role::Total, figure("42.60")) > 0.8);
    assert!(ledger.support(Role::Total, figure("50.00")) < 0.1);
}

#[test]
fn a_rate_is_supported_by_base_and_tax() {
    let ledger = ledger(&[(Role::Subtotal, "33.33"), (Role::Tax, "6.33")]);
    assert!(ledger.support(Role::TaxRate, figure("19")) > 0.8);
    assert!(ledger.support(Role::TaxRate, figure("20")) < 0.1);
}

#[test]
fn amounts_of_rows_support_their_sum() {
    let mut ledger = Ledger::default();
    ledger.push_sum(["0.10", "0.20", "0.30"].map(figure));
    assert!(ledger.support(Role::Subtotal, figure("0.60")) > 0.5);
    assert!(ledger.support(Role::Tax, figure("0.60")) < 0.1);
}

#[test]
fn what_is_not_written_follows_from_two_figures_that_are_sure() {
    let known = |role, pointer, text, confidence| Known { pointer, role, figure: figure(text), confidence };
    let plain = Ledger::default();
    let sure = [known(Role::Subtotal, "/net", "100.10", 0.9), known(Role::Tax, "/tax", "19.02", 0.8)];
    let derived = plain.derive("/total", Role::Total, &sure).unwrap();
    assert_eq!((derived.figure, derived.rule), (figure("119.12"), "sum"));
    assert_eq!(derived.from, ["/net", "/tax"]);
    assert!(derived.confidence < 0.8);
    let unsure = [sure[0], known(Role::Tax, "/tax", "19.02", 0.3)];
    assert_eq!(plain.derive("/total", Role::Total, &unsure), None);
    assert_eq!(plain.derive("/paid", Role::Paid, &sure), None);
    let with_shipping = ledger(&[(Role::Shipping, "5.00")]);
    assert_eq!(with_shipping.derive("/total", Role::Total, &sure), None);
}
