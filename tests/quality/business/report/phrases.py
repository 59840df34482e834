"""What papers of the tuning family say besides fields: titles, clauses, bookings, terms, and the choices of a form."""

BANK = {"en": "Building Society", "fr": "Banque d'Épargne", "de": "Kreditbank", "es": "Banco Popular"}
TERMS = {"en": ["45 days end of month", "Half in advance", "Cash on delivery"], "fr": ["45 jours date de facture", "Moitié d'avance", "Contre remboursement"],
         "de": ["45 Tage Ziel", "Zur Hälfte im Voraus", "Gegen Nachnahme"], "es": ["45 días fin de mes", "Mitad por adelantado", "Contra reembolso"]}
NOTICE = {"en": ["90 days", "one quarter"], "fr": ["90 jours", "un trimestre"], "de": ["90 Tage", "ein Quartal"], "es": ["90 días", "un trimestre"]}
LAW = {"en": "Scotland", "fr": "droit belge", "de": "österreichisches Recht", "es": "derecho civil común"}
CARRIER = {"en": "Haulage", "fr": "Transports", "de": "Spedition", "es": "Transportes"}
EARNINGS = {"en": ["Monthly wage", "Night work", "Meal vouchers", "Seniority"], "fr": ["Traitement mensuel", "Travail de nuit", "Titres-repas", "Ancienneté"],
            "de": ["Monatslohn", "Nachtarbeit", "Essensmarken", "Treuegeld"], "es": ["Sueldo mensual", "Trabajo nocturno", "Vales de comida", "Trienios"]}
JOBS = {
    "en": ["Accountant", "Site manager", "Nurse", "Software developer", "Baker", "Warehouse clerk", "Teacher of music"],
    "fr": ["Comptable", "Chef de chantier", "Infirmière", "Développeur", "Boulanger", "Magasinier", "Professeure de musique"],
    "de": ["Buchhalterin", "Bauleiter", "Krankenpfleger", "Softwareentwicklerin", "Bäcker", "Lagerist", "Musiklehrerin"],
    "es": ["Contable", "Jefe de obra", "Enfermera", "Desarrollador", "Panadero", "Almacenista", "Profesora de música"],
}
BOOKINGS = {"en": ["Purchase in {c}", "Paid in by {n}", "Rent {n}", "Withdrawal {c}"],
            "fr": ["Achat à {c}", "Remise de {n}", "Loyer {n}", "Distributeur {c}"],
            "de": ["Einkauf in {c}", "Gutschrift von {n}", "Miete {n}", "Geldautomat {c}"],
            "es": ["Compra en {c}", "Abono de {n}", "Alquiler {n}", "Cajero {c}"]}
CHOICES = {
    "membership_type": {"en": ["single", "family", "reduced"], "fr": ["individuelle", "familiale", "réduite"],
                        "de": ["Einzel", "Familie", "ermäßigt"], "es": ["individual", "familiar", "reducida"]},
    "payment_method": {"en": ["cash", "card", "voucher"], "fr": ["espèces", "carte", "bon"], "de": ["bar", "Karte", "Gutschein"],
                       "es": ["efectivo", "tarjeta", "vale"]},
}
# What stands over the page, by the layout's turn where there are several.
TITLES = {
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
}
# Small words of layouts: salutation, closing, thanks, sections of a resume, words of a form, parties of a contract.
SMALL = {
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
}
