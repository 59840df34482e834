"""What papers of the report family say besides fields: titles, clauses, bookings, terms, and the choices of a form."""

BANK = {"en": "Credit Union", "fr": "Banque Privée", "de": "Genossenschaftsbank", "es": "Caja de Ahorros"}
TERMS = {
    "en": ["Net 60", "30 days EOM", "50% deposit with order"], "fr": ["60 jours date de facture", "Paiement à 30 jours", "Acompte de 30 % à la commande"],
    "de": ["Zahlbar innert 30 Tagen", "10 Tage 3 % Skonto, 60 Tage netto", "Vorkasse"], "es": ["A 90 días fecha factura", "Transferencia a 30 días", "Pago anticipado"],
}
NOTICE = {"en": ["one month", "60 days"], "fr": ["un mois", "60 jours"], "de": ["ein Monat zum Monatsende", "vier Wochen"], "es": ["un mes", "15 días naturales"]}
LAW = {"en": "Northern Ireland", "fr": "droit suisse", "de": "schweizerisches Recht", "es": "leyes mexicanas"}
CARRIER = {"en": "Couriers", "fr": "Express", "de": "Logistik", "es": "Mensajería"}
EARNINGS = {
    "en": ["Basic Pay", "Holiday Pay", "Commission", "Car Allowance"], "fr": ["Salaire mensuel", "Prime d'ancienneté", "Indemnité de congés payés", "Treizième mois"],
    "de": ["Gehalt", "Urlaubsgeld", "Schichtzulage", "Provision"], "es": ["Sueldo base", "Plus convenio", "Antigüedad", "Paga extra prorrateada"],
}
JOBS = {
    "en": ["Office administrator", "Electrician", "Pharmacist", "Data analyst", "Chef", "Sales representative", "Primary school teacher"],
    "fr": ["Assistante de direction", "Électricien", "Pharmacienne", "Analyste de données", "Cuisinier", "Technico-commercial", "Institutrice"],
    "de": ["Sachbearbeiterin", "Elektriker", "Apothekerin", "Datenanalyst", "Koch", "Außendienstmitarbeiter", "Grundschullehrerin"],
    "es": ["Administrativa", "Electricista", "Farmacéutica", "Analista de datos", "Cocinero", "Agente comercial", "Maestra de primaria"],
}
BOOKINGS = {
    "en": ["POS {c}", "Faster payment {n}", "Bill payment {n}", "ATM {c}"],
    "fr": ["CB {c}", "VIR SEPA {n}", "Chèque remis {n}", "DAB {c}"],
    "de": ["girocard {c}", "SEPA-Überweisung {n}", "Lohn/Gehalt {n}", "Bargeldauszahlung {c}"],
    "es": ["Compra TPV {c}", "Transf. recibida {n}", "Bizum {n}", "Disposición efectivo {c}"],
}
CHOICES = {
    "membership_type": {"en": ["individual", "joint", "concession"], "fr": ["plein tarif", "couple", "étudiant"],
                        "de": ["Erwachsene", "Paare", "Jugendliche"], "es": ["adulto", "infantil", "jubilado"]},
    "payment_method": {"en": ["cash payment", "debit card", "gift card"], "fr": ["en espèces", "carte bancaire", "chèque"],
                       "de": ["Barzahlung", "girocard", "Geschenkkarte"], "es": ["en metálico", "tarjeta bancaria", "tarjeta regalo"]},
}
# What stands over the page, by the layout's turn where there are several.
TITLES = {
    "invoice": {"en": "VAT Invoice; Sales Invoice; Commercial Invoice", "fr": "Facture client; Facture de vente; Facture originale",
                "de": "Ausgangsrechnung; Faktura; Handelsrechnung", "es": "Factura de venta; Factura ordinaria; Factura comercial"},
    "receipt": {"en": "Till Receipt; Sales Receipt; Customer Receipt", "fr": "Ticket de vente; Reçu de caisse; Justificatif d'achat",
                "de": "Kassenbeleg; Kassenzettel; Kassaquittung", "es": "Tique de caja; Ticket de venta; Comprobante de compra"},
    "bank_statement": {"en": "Bank Statement; Checking Account Statement; Current Account Statement", "fr": "Relevé bancaire; Relevé des opérations; Extrait bancaire",
                       "de": "Kontoauszug Girokonto; Bankauszug; Auszug Privatkonto", "es": "Extracto bancario; Extracto de movimientos; Estado de cuenta"},
    "purchase_order": {"en": "Official Order; Purchase Order Form; Supplier Order", "fr": "Commande fournisseur; Commande d'achat; Ordre d'achat",
                       "de": "Bestellschein; Lieferantenbestellung; Einkaufsbestellung", "es": "Pedido a proveedor; Pedido de compra; Orden de pedido"},
    "contract": {"en": "Contract for Services; Consultancy Agreement; Supply of Services Agreement", "fr": "Contrat de conseil; Contrat de mandat; Marché de services",
                 "de": "Leistungsvertrag; Werkvertrag; Beratervertrag",
                 "es": "Contrato de arrendamiento de servicios; Contrato de consultoría; Contrato de prestación de servicios"},
    "application_form": {"en": "Membership Form; Membership Application Form; Enrolment Form", "fr": "Bulletin d'adhésion; Formulaire d'inscription; Bulletin d'inscription",
                         "de": "Beitrittserklärung; Mitgliedsantrag; Anmeldeformular", "es": "Solicitud de inscripción; Formulario de inscripción; Solicitud de afiliación"},
    "delivery_note": {"en": "Delivery Docket; Advice Note; Packing Slip", "fr": "Bordereau de livraison; Bulletin de livraison; Note d'envoi",
                      "de": "Versandschein; Lieferbeleg; Packliste", "es": "Albarán de salida; Remito; Nota de remisión"},
    "payslip": {"en": "Pay Advice; Wage Slip; Salary Slip", "fr": "Bulletin de salaire; Fiche de paie; Décompte de salaire",
                "de": "Entgeltabrechnung; Gehaltsabrechnung; Salärabrechnung", "es": "Recibo individual de salarios; Recibo de sueldo; Recibo de nómina"},
    "quote": {"en": "Quote; Price Quotation; Sales Quote", "fr": "Devis estimatif; Offre de prix; Offre commerciale", "de": "Verkaufsangebot; Offert; Offerte",
              "es": "Cotización; Oferta comercial; Propuesta económica"},
    "resume": {"en": "Résumé; CV; Professional Résumé", "fr": "CV; Curriculum; Profil professionnel", "de": "Tabellarischer Lebenslauf; CV; Curriculum Vitae",
               "es": "Currículum vítae; CV; Hoja de vida"},
}
# Small words of layouts: salutation, closing, thanks, sections of a resume, words of a form, parties of a contract.
SMALL = {
    "en": dict(dear="Dear Dr", close="Best regards", thanks="Thank you for shopping with us", jobs="Employment History", skills="Key Skills", school="Education and Training",
               person="Applicant Information", sign="Signature and Date", social="Employee NI", clause="Article",
               between="This Contract is entered into by and between {a} (hereinafter referred to as the “{la}”) and {b} (hereinafter referred to as the “{lb}”).",
               fee="In consideration of the services the following fee is payable monthly in advance. {l}: {v}.", since="This Contract shall commence on {v}.",
               until="Unless terminated earlier, it shall expire on {v}.", notice="Either party may terminate this Contract in writing. {l}: {v}.",
               pledge="The following sum is held as security for the term of this Contract. {l}: {v}.", law="Disputes are referred to the courts. {l}: {v}.",
               no_prices="Goods received in good condition. Shortages must be reported within 48 hours.", page="Page no."),
    "fr": dict(dear="Madame", close="Je vous prie d'agréer l'expression de mes sentiments distingués", thanks="Merci de votre achat, à bientôt", jobs="Expériences", skills="Atouts",
               school="Diplômes et formations", person="État civil", sign="Date et signature", social="Cotisations sociales", clause="Art.",
               between="Entre les soussignés : {a}, ci-après dénommée « {la} », d'une part, et {b}, ci-après dénommée « {lb} », d'autre part, il a été convenu ce qui suit.",
               fee="En contrepartie, il est facturé chaque mois la somme suivante. {l} : {v}.", since="Le présent contrat entre en vigueur le {v}.",
               until="Il est conclu pour une durée déterminée et expire le {v}.", notice="Chaque partie peut résilier par lettre recommandée. {l} : {v}.",
               pledge="La somme suivante est versée à la signature et restituée en fin de contrat. {l} : {v}.", law="Tout litige relève des tribunaux compétents. {l} : {v}.",
               no_prices="Marchandise reçue en bon état. Toute réserve doit être portée sur ce document.", page="Page n°"),
    "de": dict(dear="Guten Tag Frau", close="Freundliche Grüße", thanks="Vielen Dank für Ihren Einkauf", jobs="Beruflicher Werdegang", skills="Besondere Kenntnisse",
               school="Schulbildung und Studium", person="Angaben zur Person", sign="Datum und Unterschrift", social="SV-Beiträge", clause="Art.",
               between="Zwischen {a} (im Folgenden „{la}“ genannt) und {b} (im Folgenden „{lb}“ genannt) wird folgender Vertrag geschlossen.",
               fee="Die Leistungen werden monatlich im Voraus abgerechnet. {l}: {v}.", since="Der Vertrag tritt am {v} in Kraft.",
               until="Das Vertragsverhältnis ist befristet und endet mit Ablauf des {v}.", notice="Die Kündigung bedarf der Schriftform. {l}: {v}.",
               pledge="Die folgende Summe wird nach Vertragsende zurückerstattet. {l}: {v}.", law="Für Streitigkeiten sind die ordentlichen Gerichte zuständig. {l}: {v}.",
               no_prices="Ware vollständig und unbeschädigt erhalten.", page="Seite Nr."),
    "es": dict(dear="Apreciado señor", close="Atentamente", thanks="Gracias por su compra", jobs="Experiencia profesional", skills="Aptitudes",
               school="Formación académica", person="Datos del solicitante", sign="Fecha y firma", social="Cotización a la Seg. Social", clause="Estipulación",
               between="De una parte, {a}, en lo sucesivo «{la}», y de otra parte, {b}, en lo sucesivo «{lb}», suscriben el presente contrato.",
               fee="Los servicios se facturarán por meses anticipados. {l}: {v}.", since="El presente contrato entrará en vigor el {v}.",
               until="Tendrá una duración determinada y finalizará el {v}.", notice="Cualquiera de las partes podrá resolver el contrato por escrito. {l}: {v}.",
               pledge="La siguiente cantidad se devolverá al término del contrato. {l}: {v}.", law="Las partes se someten a los tribunales competentes. {l}: {v}.",
               no_prices="Recibí conforme la mercancía.", page="Pág. n.º"),
}
