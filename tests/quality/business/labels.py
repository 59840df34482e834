"""What fields are called: in a schema here, and on the pages of a family in the family's own `labels`.

A line is `key = name in English, French, German, Spanish | other name`, all apart by bars; the other name is English too, in words
that no page of any family has.
"""

from generator.words import LANGUAGES

from .practice import labels as practice_labels
from .report import labels as report_labels
from .tuning import labels as tuning_labels

NAMES = """
invoice_number = invoice_number | numero_facture | rechnungsnummer | numero_factura | billing_reference
invoice_date = invoice_date | date_facture | rechnungsdatum | fecha_factura | day_of_billing
due_date = due_date | date_echeance | faelligkeitsdatum | fecha_vencimiento | payment_deadline
delivery_date = delivery_date | date_livraison | lieferdatum | fecha_entrega | arrival_day
vendor_name = vendor_name | nom_fournisseur | lieferant | nombre_proveedor | selling_company
vendor_address = vendor_address | adresse_fournisseur | anschrift_lieferant | direccion_proveedor | seller_location
vendor_vat_id = vendor_vat_id | numero_tva_fournisseur | ust_id_lieferant | nif_proveedor | seller_tax_registration
customer_name = customer_name | nom_client | kunde | nombre_cliente | purchaser
customer_number = customer_number | numero_client | kundennummer | numero_cliente | buyer_account_code
order_number = order_number | numero_commande | bestellnummer | numero_pedido | purchase_reference
currency = currency | devise | waehrung | moneda | monetary_unit
subtotal = subtotal | sous_total | nettobetrag | subtotal | sum_without_tax
tax_rate = tax_rate | taux_tva | mehrwertsteuersatz | tipo_iva | percentage_of_tax
tax_amount = tax_amount | montant_tva | mehrwertsteuer | importe_iva | duty_charged
total = total | total_ttc | gesamtbetrag | total | sum_owed
iban = iban | iban | iban | iban | bank_account_identifier
bic = bic | bic | bic | bic | bank_identifier
email = email | courriel | e_mail | correo_electronico | mail_contact
phone = phone | telephone | telefon | telefono | contact_line
discount = discount | remise | rabatt | descuento | rebate_granted
shipping_cost = shipping_cost | frais_de_port | versandkosten | gastos_de_envio | freight_fee
project_number = project_number | numero_projet | projektnummer | numero_proyecto | undertaking_code
merchant_name = merchant_name | nom_magasin | geschaeft | nombre_tienda | store_called
merchant_address = merchant_address | adresse_magasin | anschrift_geschaeft | direccion_tienda | store_location
merchant_phone = merchant_phone | telephone_magasin | telefon_geschaeft | telefono_tienda | store_telephone
receipt_number = receipt_number | numero_ticket | bonnummer | numero_ticket | slip_identifier
receipt_date = date | date | datum | fecha | day_of_purchase
receipt_time = time | heure | uhrzeit | hora | moment_of_purchase
cashier = cashier | caissier | kassierer | cajero | person_at_the_till
payment_method = payment_method | mode_de_paiement | zahlungsart | forma_de_pago | way_of_paying
amount_paid = amount_paid | montant_recu | gegeben | entregado | money_handed_over
change = change | monnaie_rendue | rueckgeld | cambio | money_returned
loyalty_number = loyalty_number | carte_fidelite | kundenkarte | tarjeta_fidelidad | bonus_programme_id
bank_name = bank_name | nom_banque | bank | nombre_banco | financial_institution
account_holder = account_holder | titulaire_du_compte | kontoinhaber | titular_de_la_cuenta | person_owning_the_account
statement_number = statement_number | numero_releve | auszugsnummer | numero_extracto | extract_sequence
statement_date = statement_date | date_releve | auszugsdatum | fecha_extracto | day_it_was_printed
period_start = period_start | debut_periode | zeitraum_von | inicio_periodo | first_day_covered
period_end = period_end | fin_periode | zeitraum_bis | fin_periodo | last_day_covered
opening_balance = opening_balance | solde_initial | anfangssaldo | saldo_inicial | amount_at_beginning
closing_balance = closing_balance | solde_final | endsaldo | saldo_final | amount_at_end
overdraft_limit = overdraft_limit | decouvert_autorise | dispositionslimit | limite_descubierto | permitted_negative_amount
po_number = purchase_order_number | numero_bon_de_commande | bestellnummer | numero_orden_de_compra | procurement_reference
order_date = order_date | date_commande | bestelldatum | fecha_pedido | day_it_was_ordered
buyer_name = buyer_name | nom_acheteur | besteller | nombre_comprador | company_that_orders
supplier_name = supplier_name | nom_fournisseur | lieferant | nombre_proveedor | company_that_delivers
delivery_address = delivery_address | adresse_livraison | lieferanschrift | direccion_entrega | where_goods_go
payment_terms = payment_terms | conditions_de_paiement | zahlungsbedingungen | condiciones_de_pago | settlement_conditions
contact_person = contact_person | personne_de_contact | ansprechpartner | persona_de_contacto | responsible_employee
cost_center = cost_center | centre_de_cout | kostenstelle | centro_de_coste | budget_unit
contract_number = contract_number | numero_contrat | vertragsnummer | numero_contrato | deed_reference
effective_date = effective_date | date_effet | vertragsbeginn | fecha_inicio | first_day_in_force
end_date = end_date | date_fin | vertragsende | fecha_fin | last_day_in_force
provider_name = provider_name | nom_prestataire | auftragnehmer | nombre_prestador | party_that_renders_services
client_name = client_name | nom_client | auftraggeber | nombre_cliente | party_that_receives_services
monthly_fee = monthly_fee | redevance_mensuelle | monatliche_verguetung | cuota_mensual | regular_remuneration
deposit = deposit | depot_de_garantie | kaution | fianza | security_held
notice_period = notice_period | preavis | kuendigungsfrist | plazo_de_preaviso | time_to_terminate
governing_law = governing_law | droit_applicable | anwendbares_recht | ley_aplicable | legal_system
first_name = first_name | prenom | vorname | nombre | forename_of_person
last_name = last_name | nom_de_famille | nachname | apellidos | family_designation
birth_date = birth_date | date_de_naissance | geburtsdatum | fecha_de_nacimiento | day_of_birth
street = street | rue | strasse | calle | road_and_house
postal_code = postal_code | code_postal | postleitzahl | codigo_postal | mail_district_code
city = city | ville | ort | ciudad | place_of_living
nationality = nationality | nationalite | staatsangehoerigkeit | nacionalidad | country_of_citizenship
membership_type = membership_type | type_adhesion | mitgliedschaft | tipo_de_socio | kind_of_joining
newsletter = newsletter | lettre_information | rundbrief | boletin | wants_news
occupation = occupation | profession | beruf | profesion | kind_of_work
sender_name = sender_name | nom_expediteur | absender | remitente | who_writes
recipient_name = recipient_name | nom_destinataire | empfaenger | destinatario | who_is_written_to
letter_date = letter_date | date_lettre | briefdatum | fecha_carta | day_of_writing
subject = subject | objet | betreff | asunto | what_it_is_about
our_reference = our_reference | notre_reference | unser_zeichen | nuestra_referencia | writers_file_code
your_reference = your_reference | votre_reference | ihr_zeichen | su_referencia | addressees_file_code
signatory = signatory | signataire | unterzeichner | firmante | who_signs
delivery_note_number = delivery_note_number | numero_bon_de_livraison | lieferscheinnummer | numero_albaran | shipment_paper_code
note_date = date | date | datum | fecha | day_of_shipment
carrier = carrier | transporteur | spediteur | transportista | transport_company
package_count = number_of_packages | nombre_de_colis | anzahl_pakete | numero_de_bultos | how_many_boxes
total_weight = total_weight | poids_total | gesamtgewicht | peso_total | mass_of_shipment
employer_name = employer_name | nom_employeur | arbeitgeber | empresa | company_that_pays
employee_name = employee_name | nom_salarie | arbeitnehmer | nombre_trabajador | person_paid
employee_number = employee_number | matricule | personalnummer | numero_empleado | staff_identifier
pay_date = pay_date | date_de_paiement | zahltag | fecha_de_pago | day_of_transfer
gross_pay = gross_pay | salaire_brut | bruttolohn | salario_bruto | earnings_before_deductions
income_tax = income_tax | impot_sur_le_revenu | lohnsteuer | retencion_irpf | levy_on_earnings
net_pay = net_pay | salaire_net | nettolohn | salario_neto | earnings_after_deductions
tax_id = tax_id | numero_securite_sociale | steuer_id | numero_seguridad_social | fiscal_identifier
hire_date = hire_date | date_embauche | eintrittsdatum | fecha_de_alta | beginning_of_employment
quote_number = quote_number | numero_devis | angebotsnummer | numero_presupuesto | proposal_identifier
quote_date = quote_date | date_devis | angebotsdatum | fecha_presupuesto | day_of_proposal
valid_until = valid_until | valable_jusqu_au | gueltig_bis | valido_hasta | last_day_to_accept
full_name = full_name | nom_complet | name | nombre_completo | person_concerned
job_title = job_title | poste | position | puesto | occupation_sought
website = website | site_web | webseite | sitio_web | internet_address
driving_licence = driving_licence | permis_de_conduire | fuehrerschein | permiso_de_conducir | vehicle_permit
line_description = description | designation | bezeichnung | descripcion | what_was_supplied
line_sku = sku | reference | artikelnummer | referencia | catalogue_code
line_quantity = quantity | quantite | menge | cantidad | how_many
line_price = unit_price | prix_unitaire | einzelpreis | precio_unitario | cost_of_one
line_amount = amount | montant | betrag | importe | cost_of_line
line_date = date | date | datum | fecha | day
line_balance = balance | solde | saldo | saldo | remaining_after
line_employer = employer | employeur | arbeitgeber | empresa | worked_for
line_position = position | poste | position | puesto | worked_as
line_period = period | periode | zeitraum | periodo | worked_during
"""


def read(table):
    """Of every key what stands after it."""
    return dict(line.split(" = ") for line in table.strip().splitlines())


def names_of(line):
    *names, other = line.split(" | ")
    return dict(zip(LANGUAGES, names, strict=True)) | {"other": other}


def labels_of(family):
    """Of every language the labels of each key, one for each turn."""
    tables = dict(zip(LANGUAGES, (family.ENGLISH, family.FRENCH, family.GERMAN, family.SPANISH)))
    return {language: {key: labels.split("; ") for key, labels in read(table).items()} for language, table in tables.items()}


NAMED = {key: names_of(line) for key, line in read(NAMES).items()}
LABELS = {"tuning": labels_of(tuning_labels), "practice": labels_of(practice_labels), "report": labels_of(report_labels)}


def has_own(family, language, key, kind):
    """Whether the family has labels of this field for this kind of page alone: those of `kind.key`."""
    return f"{kind}.{key}" in LABELS[family][language]


def label(family, language, key, turn, kind):
    """What a page calls the field. Layouts of the same family take other labels by their turn."""
    own = f"{kind}.{key}" if has_own(family, language, key, kind) else key
    return LABELS[family][language][own][turn % 3]


def name(language, key):
    """What a schema calls it."""
    return NAMED[key][language]


def other_name(key):
    return NAMED[key]["other"]
