"""What papers of the tuning family say besides fields: titles, clauses, bookings, terms, and the choices of a form."""

BANK = {"en": "Savings Bank", "fr": "Crédit Mutualiste", "de": "Volkssparkasse", "es": "Caja Rural"}
TERMS = {"en": ["30 days net", "14 days 2 % discount", "Payable on receipt"], "fr": ["30 jours net", "30 jours fin de mois", "Comptant à réception"],
         "de": ["30 Tage netto", "14 Tage 2 % Skonto", "Sofort ohne Abzug"], "es": ["30 días neto", "60 días fecha factura", "Al contado"]}
NOTICE = {"en": ["3 months", "six weeks"], "fr": ["3 mois", "six semaines"], "de": ["3 Monate", "sechs Wochen"], "es": ["3 meses", "seis semanas"]}
LAW = {"en": "England and Wales", "fr": "droit français", "de": "deutsches Recht", "es": "derecho español"}
CARRIER = {"en": "Haulage", "fr": "Transports", "de": "Spedition", "es": "Transportes"}
EARNINGS = {"en": ["Basic salary", "Overtime", "Travel allowance", "Bonus"], "fr": ["Salaire de base", "Heures supplémentaires", "Indemnité de transport", "Prime"],
            "de": ["Grundgehalt", "Überstunden", "Fahrtkosten", "Prämie"], "es": ["Salario base", "Horas extraordinarias", "Plus de transporte", "Prima"]}
JOBS = {
    "en": ["Accountant", "Site manager", "Nurse", "Software developer", "Baker", "Warehouse clerk", "Teacher of music"],
    "fr": ["Comptable", "Chef de chantier", "Infirmière", "Développeur", "Boulanger", "Magasinier", "Professeure de musique"],
    "de": ["Buchhalterin", "Bauleiter", "Krankenpfleger", "Softwareentwicklerin", "Bäcker", "Lagerist", "Musiklehrerin"],
    "es": ["Contable", "Jefe de obra", "Enfermera", "Desarrollador", "Panadero", "Almacenista", "Profesora de música"],
}
BOOKINGS = {"en": ["Card payment {c}", "Standing order {n}", "Transfer {n}", "Direct debit {c}"],
            "fr": ["Paiement carte {c}", "Virement {n}", "Prélèvement {c}", "Retrait {c}"],
            "de": ["Kartenzahlung {c}", "Dauerauftrag {n}", "Überweisung {n}", "Lastschrift {c}"],
            "es": ["Pago con tarjeta {c}", "Transferencia {n}", "Recibo {c}", "Reintegro {c}"]}
CHOICES = {
    "membership_type": {"en": ["single", "family", "reduced"], "fr": ["individuelle", "familiale", "réduite"],
                        "de": ["Einzel", "Familie", "ermäßigt"], "es": ["individual", "familiar", "reducida"]},
    "payment_method": {"en": ["cash", "card", "voucher"], "fr": ["espèces", "carte", "bon"], "de": ["bar", "Karte", "Gutschein"],
                       "es": ["efectivo", "tarjeta", "vale"]},
}
# What stands over the page, by the layout's turn where there are several.
TITLES = {
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
}
# Small words of layouts: salutation, closing, thanks, sections of a resume, words of a form, parties of a contract.
SMALL = {
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
}
