"""What can be asked of each kind of document, and what its schema looks like."""

from .phrases import choices

# Kind: name of the class, and what tells it from others, as a user would write it.
KINDS = {
    "invoice": "A demand for payment for goods or services that were supplied",
    "receipt": "A till's strip or slip that shows what was bought and paid in a shop",
    "bank_statement": "Movements and balances of an account over a period",
    "purchase_order": "An order that a company places with a supplier",
    "contract": "An agreement between two parties with clauses and signatures",
    "application_form": "A form that a person fills in to apply or to register",
    "letter": "Correspondence in prose from a sender to a recipient",
    "delivery_note": "A paper that goes with goods and lists them without prices",
    "payslip": "What an employee earned in a month, and what was deducted",
    "quote": "An offer with prices that is valid until some day",
    "resume": "A person's career, education and skills",
}
# Header fields that a page of the kind may have, those of them that may be left out, and those that it never has.
FIELDS = {
    "invoice": ("invoice_number invoice_date due_date vendor_name vendor_address vendor_vat_id customer_name customer_number order_number currency "
                "subtotal tax_rate tax_amount total iban bic email phone",
                "due_date vendor_vat_id customer_number order_number iban bic email phone", "discount shipping_cost project_number delivery_date"),
    "receipt": ("merchant_name merchant_address merchant_phone receipt_number receipt_date receipt_time cashier payment_method total tax_amount amount_paid change",
                "merchant_phone receipt_number receipt_time cashier", "loyalty_number iban customer_name discount"),
    "bank_statement": ("bank_name account_holder iban bic statement_number statement_date period_start period_end opening_balance closing_balance",
                       "bic statement_number statement_date", "overdraft_limit email project_number"),
    "purchase_order": ("po_number order_date delivery_date buyer_name supplier_name delivery_address payment_terms contact_person email total",
                       "delivery_date delivery_address payment_terms contact_person email", "cost_center project_number discount iban"),
    "contract": ("contract_number effective_date end_date provider_name client_name monthly_fee deposit notice_period governing_law",
                 "contract_number end_date deposit governing_law", "project_number iban discount"),
    "application_form": ("last_name first_name birth_date street postal_code city phone email membership_type newsletter iban",
                         "birth_date phone email iban", "nationality occupation tax_id"),
    "letter": ("sender_name recipient_name letter_date subject our_reference your_reference phone email signatory",
               "our_reference your_reference phone email", "invoice_number iban due_date"),
    "delivery_note": ("delivery_note_number note_date order_number supplier_name customer_name carrier package_count total_weight contact_person",
                      "order_number carrier package_count total_weight contact_person", "iban due_date project_number"),
    "payslip": ("employer_name employee_name employee_number pay_date gross_pay income_tax net_pay tax_id hire_date iban",
                "employee_number pay_date tax_id hire_date iban", "phone driving_licence project_number"),
    "quote": ("quote_number quote_date valid_until supplier_name customer_name contact_person phone email subtotal tax_rate tax_amount total",
              "valid_until contact_person phone email", "discount iban delivery_date"),
    "resume": ("full_name job_title email phone street postal_code city birth_date website", "birth_date website phone street postal_code",
               "driving_licence nationality employee_number"),
}
# The array that a kind has: its name in four languages, and its columns.
ITEMS = {
    "invoice": ("lines", "line_sku line_description line_quantity line_price line_amount"),
    "receipt": ("lines", "line_description line_quantity line_amount"),
    "bank_statement": ("movements", "line_date line_description line_amount line_balance"),
    "purchase_order": ("lines", "line_sku line_description line_quantity line_price line_amount"),
    "delivery_note": ("lines", "line_sku line_description line_quantity"),
    "payslip": ("earnings", "line_description line_amount"),
    "quote": ("lines", "line_description line_quantity line_price line_amount"),
    "resume": ("jobs", "line_period line_position line_employer"),
}
ARRAYS = {
    "lines": {"en": "line_items", "fr": "lignes", "de": "positionen", "es": "lineas"},
    "movements": {"en": "transactions", "fr": "operations", "de": "umsaetze", "es": "movimientos"},
    "earnings": {"en": "earnings", "fr": "elements_de_paie", "de": "lohnbestandteile", "es": "devengos"},
    "jobs": {"en": "work_experience", "fr": "experience_professionnelle", "de": "berufserfahrung", "es": "experiencia_laboral"},
}
GROUPS = {"totals": ("subtotal", "tax_rate", "tax_amount", "total"), "contact": ("contact_person", "phone", "email")}
GROUP_NAMES = {
    "totals": {"en": "totals", "fr": "totaux", "de": "summen", "es": "totales"},
    "contact": {"en": "contact", "fr": "contact", "de": "kontakt", "es": "contacto"},
}
KIND_OF = {
    "subtotal": "number", "tax_rate": "number", "tax_amount": "number", "total": "number", "discount": "number", "shipping_cost": "number",
    "amount_paid": "number", "change": "number", "opening_balance": "number", "closing_balance": "number", "overdraft_limit": "number",
    "monthly_fee": "number", "deposit": "number", "package_count": "integer", "total_weight": "number", "gross_pay": "number",
    "income_tax": "number", "net_pay": "number", "newsletter": "boolean", "membership_type": "choice", "payment_method": "choice",
    "line_quantity": "number", "line_price": "number", "line_amount": "number", "line_balance": "number", "line_date": "date",
    "invoice_date": "date", "due_date": "date", "delivery_date": "date", "receipt_date": "date", "statement_date": "date", "period_start": "date",
    "period_end": "date", "order_date": "date", "effective_date": "date", "end_date": "date", "birth_date": "date", "letter_date": "date",
    "note_date": "date", "pay_date": "date", "hire_date": "date", "quote_date": "date", "valid_until": "date",
}


def listed(words):
    return words.split()


def may_have(kind):
    return listed(FIELDS[kind][0])


def may_lack(kind):
    return listed(FIELDS[kind][1])


def never_has(kind):
    return listed(FIELDS[kind][2])


def columns(kind):
    return listed(ITEMS[kind][1]) if kind in ITEMS else []


def leaf(key, language, form, family="tuning"):
    """The schema of a field. Every field may be null; how that is said differs."""
    kind = KIND_OF.get(key, "text")
    if kind == "choice":
        return {"enum": [*choices(family, language, key), None]}
    base = {"number": {"type": "number"}, "integer": {"type": "integer"}, "boolean": {"type": "boolean"}, "date": {"type": "string", "format": "date"}}
    said = base.get(kind, {"type": "string"})
    return {"anyOf": [said, {"type": "null"}]} if form == 2 else said | {"type": [said["type"], "null"]}
