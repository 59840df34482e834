"""What fields are called: in a schema here, and on the pages of a family in the family's own `labels`.

A line is `key = name in English, French, German, Spanish`, all apart by bars. The other name of a field, English too, is in the
family's own `names`: no page calls the field that, and no other family has the name, so that those of one say nothing of another's.
"""

from generator.words import LANGUAGES

from .drill import labels as drill_labels
from .drill import names as drill_names
from .exercise import labels as exercise_labels
from .exercise import names as exercise_names
from .practice import labels as practice_labels
from .practice import names as practice_names
from .report import labels as report_labels
from .report import names as report_names
from .tuning import labels as tuning_labels
from .tuning import names as tuning_names

NAMES = """
invoice_number = invoice_number | numero_facture | rechnungsnummer | numero_factura
invoice_date = invoice_date | date_facture | rechnungsdatum | fecha_factura
due_date = due_date | date_echeance | faelligkeitsdatum | fecha_vencimiento
delivery_date = delivery_date | date_livraison | lieferdatum | fecha_entrega
vendor_name = vendor_name | nom_fournisseur | lieferant | nombre_proveedor
vendor_address = vendor_address | adresse_fournisseur | anschrift_lieferant | direccion_proveedor
vendor_vat_id = vendor_vat_id | numero_tva_fournisseur | ust_id_lieferant | nif_proveedor
customer_name = customer_name | nom_client | kunde | nombre_cliente
customer_number = customer_number | numero_client | kundennummer | numero_cliente
order_number = order_number | numero_commande | bestellnummer | numero_pedido
currency = currency | devise | waehrung | moneda
subtotal = subtotal | sous_total | nettobetrag | subtotal
tax_rate = tax_rate | taux_tva | mehrwertsteuersatz | tipo_iva
tax_amount = tax_amount | montant_tva | mehrwertsteuer | importe_iva
total = total | total_ttc | gesamtbetrag | total
iban = iban | iban | iban | iban
bic = bic | bic | bic | bic
email = email | courriel | e_mail | correo_electronico
phone = phone | telephone | telefon | telefono
discount = discount | remise | rabatt | descuento
shipping_cost = shipping_cost | frais_de_port | versandkosten | gastos_de_envio
project_number = project_number | numero_projet | projektnummer | numero_proyecto
merchant_name = merchant_name | nom_magasin | geschaeft | nombre_tienda
merchant_address = merchant_address | adresse_magasin | anschrift_geschaeft | direccion_tienda
merchant_phone = merchant_phone | telephone_magasin | telefon_geschaeft | telefono_tienda
receipt_number = receipt_number | numero_ticket | bonnummer | numero_ticket
receipt_date = date | date | datum | fecha
receipt_time = time | heure | uhrzeit | hora
cashier = cashier | caissier | kassierer | cajero
payment_method = payment_method | mode_de_paiement | zahlungsart | forma_de_pago
amount_paid = amount_paid | montant_recu | gegeben | entregado
change = change | monnaie_rendue | rueckgeld | cambio
loyalty_number = loyalty_number | carte_fidelite | kundenkarte | tarjeta_fidelidad
bank_name = bank_name | nom_banque | bank | nombre_banco
account_holder = account_holder | titulaire_du_compte | kontoinhaber | titular_de_la_cuenta
statement_number = statement_number | numero_releve | auszugsnummer | numero_extracto
statement_date = statement_date | date_releve | auszugsdatum | fecha_extracto
period_start = period_start | debut_periode | zeitraum_von | inicio_periodo
period_end = period_end | fin_periode | zeitraum_bis | fin_periodo
opening_balance = opening_balance | solde_initial | anfangssaldo | saldo_inicial
closing_balance = closing_balance | solde_final | endsaldo | saldo_final
overdraft_limit = overdraft_limit | decouvert_autorise | dispositionslimit | limite_descubierto
po_number = purchase_order_number | numero_bon_de_commande | bestellnummer | numero_orden_de_compra
order_date = order_date | date_commande | bestelldatum | fecha_pedido
buyer_name = buyer_name | nom_acheteur | besteller | nombre_comprador
supplier_name = supplier_name | nom_fournisseur | lieferant | nombre_proveedor
delivery_address = delivery_address | adresse_livraison | lieferanschrift | direccion_entrega
payment_terms = payment_terms | conditions_de_paiement | zahlungsbedingungen | condiciones_de_pago
contact_person = contact_person | personne_de_contact | ansprechpartner | persona_de_contacto
cost_center = cost_center | centre_de_cout | kostenstelle | centro_de_coste
contract_number = contract_number | numero_contrat | vertragsnummer | numero_contrato
effective_date = effective_date | date_effet | vertragsbeginn | fecha_inicio
end_date = end_date | date_fin | vertragsende | fecha_fin
provider_name = provider_name | nom_prestataire | auftragnehmer | nombre_prestador
client_name = client_name | nom_client | auftraggeber | nombre_cliente
monthly_fee = monthly_fee | redevance_mensuelle | monatliche_verguetung | cuota_mensual
deposit = deposit | depot_de_garantie | kaution | fianza
notice_period = notice_period | preavis | kuendigungsfrist | plazo_de_preaviso
governing_law = governing_law | droit_applicable | anwendbares_recht | ley_aplicable
first_name = first_name | prenom | vorname | nombre
last_name = last_name | nom_de_famille | nachname | apellidos
birth_date = birth_date | date_de_naissance | geburtsdatum | fecha_de_nacimiento
street = street | rue | strasse | calle
postal_code = postal_code | code_postal | postleitzahl | codigo_postal
city = city | ville | ort | ciudad
nationality = nationality | nationalite | staatsangehoerigkeit | nacionalidad
membership_type = membership_type | type_adhesion | mitgliedschaft | tipo_de_socio
newsletter = newsletter | lettre_information | rundbrief | boletin
occupation = occupation | profession | beruf | profesion
sender_name = sender_name | nom_expediteur | absender | remitente
recipient_name = recipient_name | nom_destinataire | empfaenger | destinatario
letter_date = letter_date | date_lettre | briefdatum | fecha_carta
subject = subject | objet | betreff | asunto
our_reference = our_reference | notre_reference | unser_zeichen | nuestra_referencia
your_reference = your_reference | votre_reference | ihr_zeichen | su_referencia
signatory = signatory | signataire | unterzeichner | firmante
delivery_note_number = delivery_note_number | numero_bon_de_livraison | lieferscheinnummer | numero_albaran
note_date = date | date | datum | fecha
carrier = carrier | transporteur | spediteur | transportista
package_count = number_of_packages | nombre_de_colis | anzahl_pakete | numero_de_bultos
total_weight = total_weight | poids_total | gesamtgewicht | peso_total
employer_name = employer_name | nom_employeur | arbeitgeber | empresa
employee_name = employee_name | nom_salarie | arbeitnehmer | nombre_trabajador
employee_number = employee_number | matricule | personalnummer | numero_empleado
pay_date = pay_date | date_de_paiement | zahltag | fecha_de_pago
gross_pay = gross_pay | salaire_brut | bruttolohn | salario_bruto
income_tax = income_tax | impot_sur_le_revenu | lohnsteuer | retencion_irpf
net_pay = net_pay | salaire_net | nettolohn | salario_neto
tax_id = tax_id | numero_securite_sociale | steuer_id | numero_seguridad_social
hire_date = hire_date | date_embauche | eintrittsdatum | fecha_de_alta
quote_number = quote_number | numero_devis | angebotsnummer | numero_presupuesto
quote_date = quote_date | date_devis | angebotsdatum | fecha_presupuesto
valid_until = valid_until | valable_jusqu_au | gueltig_bis | valido_hasta
full_name = full_name | nom_complet | name | nombre_completo
job_title = job_title | poste | position | puesto
website = website | site_web | webseite | sitio_web
driving_licence = driving_licence | permis_de_conduire | fuehrerschein | permiso_de_conducir
line_description = description | designation | bezeichnung | descripcion
line_sku = sku | reference | artikelnummer | referencia
line_quantity = quantity | quantite | menge | cantidad
line_price = unit_price | prix_unitaire | einzelpreis | precio_unitario
line_amount = amount | montant | betrag | importe
line_date = date | date | datum | fecha
line_balance = balance | solde | saldo | saldo
line_employer = employer | employeur | arbeitgeber | empresa
line_position = position | poste | position | puesto
line_period = period | periode | zeitraum | periodo
"""


def read(table):
    """Of every key what stands after it."""
    return dict(line.split(" = ") for line in table.strip().splitlines())


def names_of(line):
    return dict(zip(LANGUAGES, line.split(" | "), strict=True))


def labels_of(family):
    """Of every language the labels of each key, one for each turn or for each of two rounds of them."""
    tables = dict(zip(LANGUAGES, (family.ENGLISH, family.FRENCH, family.GERMAN, family.SPANISH)))
    return {language: {key: labels.split("; ") for key, labels in read(table).items()} for language, table in tables.items()}


NAMED = {key: names_of(line) for key, line in read(NAMES).items()}
LABELS = {family: labels_of(labels) for family, labels in (
    ("tuning", tuning_labels), ("practice", practice_labels), ("drill", drill_labels), ("exercise", exercise_labels), ("report", report_labels))}
OTHER_NAMES = {family: read(names.NAMES) for family, names in (
    ("tuning", tuning_names), ("practice", practice_names), ("drill", drill_names), ("exercise", exercise_names), ("report", report_names))}


def has_own(family, language, key, kind):
    """Whether the family has labels of this field for this kind of page alone: those of `kind.key`."""
    return f"{kind}.{key}" in LABELS[family][language]


def label(family, language, key, variety, kind):
    """What a page calls the field. Layouts of the same family take other labels by their turn; where there are more labels than
    layouts, those that come after go with the same layouts in other countries."""
    own = f"{kind}.{key}" if has_own(family, language, key, kind) else key
    labels = LABELS[family][language][own]
    return labels[variety % len(labels)]


def name(language, key):
    """What a schema calls it."""
    return NAMED[key][language]


def other_name(family, key):
    """What a schema about papers of the family calls it in other words: a field, an array of `fields.ARRAYS` or one of `GROUP_NAMES`."""
    return OTHER_NAMES[family][key]
