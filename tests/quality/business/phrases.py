"""What business papers say besides fields: titles, clauses, bookings, terms. Each family has its own."""

import unicodedata

from generator import words

BANK = {
    "tuning": {"en": "Savings Bank", "fr": "Crédit Mutualiste", "de": "Volkssparkasse", "es": "Caja Rural"},
    "report": {"en": "Building Society", "fr": "Banque d'Épargne", "de": "Kreditbank", "es": "Banco Popular"},
}
TERMS = {
    "tuning": {"en": ["30 days net", "14 days 2 % discount", "Payable on receipt"], "fr": ["30 jours net", "30 jours fin de mois", "Comptant à réception"],
               "de": ["30 Tage netto", "14 Tage 2 % Skonto", "Sofort ohne Abzug"], "es": ["30 días neto", "60 días fecha factura", "Al contado"]},
    "report": {"en": ["45 days end of month", "Half in advance", "Cash on delivery"], "fr": ["45 jours date de facture", "Moitié d'avance", "Contre remboursement"],
               "de": ["45 Tage Ziel", "Zur Hälfte im Voraus", "Gegen Nachnahme"], "es": ["45 días fin de mes", "Mitad por adelantado", "Contra reembolso"]},
}
NOTICE = {
    "tuning": {"en": ["3 months", "six weeks"], "fr": ["3 mois", "six semaines"], "de": ["3 Monate", "sechs Wochen"], "es": ["3 meses", "seis semanas"]},
    "report": {"en": ["90 days", "one quarter"], "fr": ["90 jours", "un trimestre"], "de": ["90 Tage", "ein Quartal"], "es": ["90 días", "un trimestre"]},
}
LAW = {
    "tuning": {"en": "England and Wales", "fr": "droit français", "de": "deutsches Recht", "es": "derecho español"},
    "report": {"en": "Scotland", "fr": "droit belge", "de": "österreichisches Recht", "es": "derecho civil común"},
}
CARRIER = {"en": "Haulage", "fr": "Transports", "de": "Spedition", "es": "Transportes"}
EARNINGS = {
    "tuning": {"en": ["Basic salary", "Overtime", "Travel allowance", "Bonus"], "fr": ["Salaire de base", "Heures supplémentaires", "Indemnité de transport", "Prime"],
               "de": ["Grundgehalt", "Überstunden", "Fahrtkosten", "Prämie"], "es": ["Salario base", "Horas extraordinarias", "Plus de transporte", "Prima"]},
    "report": {"en": ["Monthly wage", "Night work", "Meal vouchers", "Seniority"], "fr": ["Traitement mensuel", "Travail de nuit", "Titres-repas", "Ancienneté"],
               "de": ["Monatslohn", "Nachtarbeit", "Essensmarken", "Treuegeld"], "es": ["Sueldo mensual", "Trabajo nocturno", "Vales de comida", "Trienios"]},
}
JOBS = {
    "en": ["Accountant", "Site manager", "Nurse", "Software developer", "Baker", "Warehouse clerk", "Teacher of music"],
    "fr": ["Comptable", "Chef de chantier", "Infirmière", "Développeur", "Boulanger", "Magasinier", "Professeure de musique"],
    "de": ["Buchhalterin", "Bauleiter", "Krankenpfleger", "Softwareentwicklerin", "Bäcker", "Lagerist", "Musiklehrerin"],
    "es": ["Contable", "Jefe de obra", "Enfermera", "Desarrollador", "Panadero", "Almacenista", "Profesora de música"],
}
BOOKINGS = {
    "tuning": {"en": ["Card payment {c}", "Standing order {n}", "Transfer {n}", "Direct debit {c}"],
               "fr": ["Paiement carte {c}", "Virement {n}", "Prélèvement {c}", "Retrait {c}"],
               "de": ["Kartenzahlung {c}", "Dauerauftrag {n}", "Überweisung {n}", "Lastschrift {c}"],
               "es": ["Pago con tarjeta {c}", "Transferencia {n}", "Recibo {c}", "Reintegro {c}"]},
    "report": {"en": ["Purchase in {c}", "Paid in by {n}", "Rent {n}", "Withdrawal {c}"],
               "fr": ["Achat à {c}", "Remise de {n}", "Loyer {n}", "Distributeur {c}"],
               "de": ["Einkauf in {c}", "Gutschrift von {n}", "Miete {n}", "Geldautomat {c}"],
               "es": ["Compra en {c}", "Abono de {n}", "Alquiler {n}", "Cajero {c}"]},
}
# What stands over the page.
TITLES = {
    "tuning": {
        "invoice": {"en": "Invoice", "fr": "Facture", "de": "Rechnung", "es": "Factura"},
        "receipt": {"en": "Receipt", "fr": "Ticket de caisse", "de": "Kassenbon", "es": "Ticket de compra"},
        "bank_statement": {"en": "Account statement", "fr": "Relevé de compte", "de": "Kontoauszug", "es": "Extracto de cuenta"},
        "purchase_order": {"en": "Purchase order", "fr": "Bon de commande", "de": "Bestellung", "es": "Orden de compra"},
        "contract": {"en": "Service agreement", "fr": "Contrat de prestation", "de": "Dienstleistungsvertrag", "es": "Contrato de servicios"},
        "application_form": {"en": "Application for membership", "fr": "Demande d'adhésion", "de": "Aufnahmeantrag", "es": "Solicitud de ingreso"},
        "delivery_note": {"en": "Delivery note", "fr": "Bon de livraison", "de": "Lieferschein", "es": "Albarán de entrega"},
        "payslip": {"en": "Payslip", "fr": "Bulletin de paie", "de": "Lohnabrechnung", "es": "Nómina"},
        "quote": {"en": "Quotation", "fr": "Devis", "de": "Angebot", "es": "Presupuesto"},
        "resume": {"en": "Curriculum vitae", "fr": "Curriculum vitæ", "de": "Lebenslauf", "es": "Currículum"},
    },
    "report": {
        "invoice": {"en": "Tax invoice", "fr": "Note d'honoraires", "de": "Abrechnung", "es": "Minuta"},
        "receipt": {"en": "Sales slip", "fr": "Reçu", "de": "Quittung", "es": "Recibo de venta"},
        "bank_statement": {"en": "Summary of your account", "fr": "Extrait de compte", "de": "Umsatzübersicht", "es": "Resumen de movimientos"},
        "purchase_order": {"en": "Order", "fr": "Commande", "de": "Auftrag", "es": "Pedido"},
        "contract": {"en": "Agreement", "fr": "Convention", "de": "Vereinbarung", "es": "Convenio"},
        "application_form": {"en": "Registration", "fr": "Fiche d'inscription", "de": "Anmeldung", "es": "Hoja de inscripción"},
        "delivery_note": {"en": "Despatch note", "fr": "Bordereau d'expédition", "de": "Warenbegleitschein", "es": "Nota de envío"},
        "payslip": {"en": "Statement of earnings", "fr": "Fiche de salaire", "de": "Entgeltnachweis", "es": "Recibo de salarios"},
        "quote": {"en": "Estimate", "fr": "Proposition de prix", "de": "Kostenvoranschlag", "es": "Oferta"},
        "resume": {"en": "About me", "fr": "Parcours professionnel", "de": "Werdegang", "es": "Trayectoria profesional"},
    },
}
# Small words of layouts: salutation, closing, thanks, sections of a resume, words of a form, parties of a contract.
SMALL = {
    "tuning": {
        "en": dict(dear="Dear Ms", close="Yours sincerely", thanks="Thank you for your visit", jobs="Work experience", skills="Skills", school="Education",
                   person="Personal details", sign="Place, date, signature", social="Social security", clause="Section",
                   between="This agreement is made between {a} (the “{la}”) and {b} (the “{lb}”).", fee="The {l} is {v} and is due on the third working day.",
                   since="It takes effect on {v}.", until="It ends on {v} unless it is renewed.", notice="The {l} is {v}.", pledge="A {l} of {v} is paid at signing.",
                   law="The {l} is that of {v}.", no_prices="Please check the goods on arrival.", page="Page", deductions="Deductions"),
        "fr": dict(dear="Chère Madame", close="Veuillez agréer nos salutations distinguées", thanks="Merci de votre visite", jobs="Expérience professionnelle",
                   skills="Compétences", school="Formation", person="Données personnelles", sign="Lieu, date, signature", social="Sécurité sociale", clause="Article",
                   between="Le présent contrat est conclu entre {a} (le « {la} ») et {b} (le « {lb} »).", fee="{l} : {v}, payable le troisième jour ouvré.",
                   since="Il prend effet le {v}.", until="Il prend fin le {v} sauf reconduction.", notice="{l} : {v}.", pledge="{l} : {v}, à verser à la signature.",
                   law="{l} : {v}.", no_prices="Merci de contrôler la marchandise à l'arrivée.", page="Page", deductions="Retenues"),
        "de": dict(dear="Sehr geehrte Frau", close="Mit freundlichen Grüßen", thanks="Vielen Dank für Ihren Besuch", jobs="Berufserfahrung", skills="Kenntnisse",
                   school="Ausbildung", person="Persönliche Daten", sign="Ort, Datum, Unterschrift", social="Sozialversicherung", clause="§",
                   between="Dieser Vertrag wird geschlossen zwischen {a} ({la}) und {b} ({lb}).", fee="{l}: {v}, zahlbar am dritten Werktag.",
                   since="Er beginnt am {v}.", until="Er endet am {v}, sofern er nicht verlängert wird.", notice="{l}: {v}.", pledge="{l}: {v}, zu leisten bei Unterschrift.",
                   law="{l}: {v}.", no_prices="Bitte prüfen Sie die Ware bei Ankunft.", page="Seite", deductions="Abzüge"),
        "es": dict(dear="Estimada señora", close="Un cordial saludo", thanks="Gracias por su visita", jobs="Experiencia laboral", skills="Conocimientos",
                   school="Formación", person="Datos personales", sign="Lugar, fecha, firma", social="Seguridad Social", clause="Cláusula",
                   between="El presente contrato se celebra entre {a} (el «{la}») y {b} (el «{lb}»).", fee="{l}: {v}, pagadera el tercer día hábil.",
                   since="Entra en vigor el {v}.", until="Termina el {v} salvo prórroga.", notice="{l}: {v}.", pledge="{l}: {v}, a entregar a la firma.",
                   law="{l}: {v}.", no_prices="Revise la mercancía a su llegada.", page="Página", deductions="Deducciones"),
    },
    "report": {
        "en": dict(dear="Dear Mr", close="Kind regards", thanks="Please call again", jobs="Career", skills="What I can do", school="Schools",
                   person="About you", sign="Signed at, on", social="Insurance", clause="Clause",
                   between="{a}, hereinafter the {la}, and {b}, hereinafter the {lb}, agree as follows.", fee="{l}: {v}, to be transferred by the fifth of each month.",
                   since="This contract shall begin on {v}.", until="It shall run until {v}.", notice="Either party may give notice; {l}: {v}.", pledge="{l}: {v}, returned without interest.",
                   law="{l}: {v}.", no_prices="Claims can be made within a week.", page="Sheet", deductions="Taken off"),
        "fr": dict(dear="Cher Monsieur", close="Bien cordialement", thanks="À bientôt dans nos murs", jobs="Carrière", skills="Savoir-faire",
                   school="Études", person="Vous concernant", sign="Fait à, le", social="Assurances", clause="Clause",
                   between="{a}, ci-après « {la} », et {b}, ci-après « {lb} », conviennent de ce qui suit.", fee="{l} : {v}, à virer avant le cinq du mois.",
                   since="Cette convention commence le {v}.", until="Elle court jusqu'au {v}.", notice="Chacun peut résilier ; {l} : {v}.", pledge="{l} : {v}, rendu sans intérêts.",
                   law="{l} : {v}.", no_prices="Réclamations sous huit jours.", page="Feuillet", deductions="À déduire"),
        "de": dict(dear="Lieber Herr", close="Herzliche Grüße", thanks="Beehren Sie uns bald wieder", jobs="Stationen", skills="Was ich kann",
                   school="Schulen", person="Zu Ihnen", sign="Unterschrieben in, am", social="Versicherungen", clause="Ziffer",
                   between="{a}, nachfolgend „{la}“, und {b}, nachfolgend „{lb}“, vereinbaren das Folgende.", fee="{l}: {v}, zu überweisen bis zum Fünften.",
                   since="Diese Vereinbarung gilt ab {v}.", until="Sie läuft bis {v}.", notice="Jede Seite kann kündigen; {l}: {v}.", pledge="{l}: {v}, ohne Zinsen zurückgegeben.",
                   law="{l}: {v}.", no_prices="Beanstandungen binnen einer Woche.", page="Blatt", deductions="Davon ab"),
        "es": dict(dear="Querido señor", close="Reciba un saludo", thanks="Vuelva pronto", jobs="Carrera", skills="Lo que sé hacer",
                   school="Estudios", person="Sobre usted", sign="Firmado en, a", social="Seguros", clause="Punto",
                   between="{a}, en adelante «{la}», y {b}, en adelante «{lb}», acuerdan lo siguiente.", fee="{l}: {v}, a transferir antes del día cinco.",
                   since="Este convenio rige a partir del {v}.", until="Rige hasta el {v}.", notice="Cualquiera puede rescindir; {l}: {v}.", pledge="{l}: {v}, que se devuelve sin intereses.",
                   law="{l}: {v}.", no_prices="Reclamaciones en una semana.", page="Hoja", deductions="Se descuenta"),
    },
}


def ascii_of(text):
    """Letters without accents, as addresses have them."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("œ", "oe"))
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def booking(facts):
    form = facts.random.choice(BOOKINGS[facts.family][facts.language])
    return form.format(c=facts.writer.of(words.CITIES), n=facts.writer.person())


def title(facts):
    return TITLES[facts.family][facts.kind][facts.language]


def small(facts, key):
    return SMALL[facts.family][facts.language][key]
