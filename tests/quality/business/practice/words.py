"""Names, goods and sentences of the practice family, under the generator's names for its own: no other family has any of them."""

FIRST_NAMES = {
    "en": "Thomas Emily Harriet Simon Rosemary Duncan Fiona Gareth Beatrice Hugh".split(),
    "fr": "Camille Laurent Sylvie Étienne Margaux Thierry Inès Cédric Françoise Mathieu".split(),
    "de": "Anke Matthias Gisela Thorsten Sabine Jens Mechthild Volker Friederike Hagen".split(),
    "es": "Carmen Javier Elena Tomás Pilar Gonzalo Beatriz Joaquín Nuria Víctor".split(),
}
LAST_NAMES = {
    "en": "Thornbury Wexcombe Pemberley Sallow Quillan Radcombe Tolliver Underhay Vickery Yarrow".split(),
    "fr": "Delaunoy Barthélémy Courtin Fauvel Guérineau Jacquemin Lhermitte Marchandeau Pélissier Toussenel".split(),
    "de": "Ahlers Brückmann Dörfler Eisenhut Frühauf Gerstl Hübscher Kröger Lindwurm Nießen".split(),
    "es": "Aranda Bermúdez Carrión Domínguez Echevarría Fuentes Hinojosa Llorente Montalbán Ulloa".split(),
}
CITIES = {
    "en": "Langford Marwick Netherby Oakhampton Penfold Ravensworth Stanhope Thornleigh".split(),
    "fr": ["Limoges", "Rouen", "Dijon", "Annecy", "Quimper", "Colmar", "La Rochelle", "Aix-en-Provence"],
    "de": ["Bremen", "Kassel", "Augsburg", "Erfurt", "Saarbrücken", "Bielefeld", "Bad Homburg", "Mainz"],
    "es": ["Valencia", "Zaragoza", "Burgos", "Salamanca", "San Sebastián", "Murcia", "Oviedo", "Toledo"],
}
STREETS = {
    "en": ["High Street", "Victoria Avenue", "Church Lane", "Queens Parade", "Willow Drive", "Market Square"],
    "fr": ["rue Victor-Hugo", "cours de la Liberté", "impasse des Lilas", "rue du Moulin", "place de la République", "route de Lyon"],
    "de": ["Hauptstraße", "Am Markt", "Goethestraße", "Kirchplatz", "Ringstraße", "Industrieweg"],
    "es": ["calle Real", "avenida de América", "plaza de la Constitución", "calle San Antonio", "paseo Marítimo", "travesía del Sol"],
}
COMPANIES = {
    "en": [("Ferndale", "Limited"), ("Whitcombe & Sons", "Ltd"), ("Castlegate", "Inc."), ("Aldersey", "LLC"), ("Brightwater", "Limited")],
    "fr": [("Valmont", "SASU"), ("Établissements Corbin", "SARL"), ("Groupe Orsay", "SAS"), ("Maison Delorme", "EURL"),
           ("Atlantique", "SCOP")],
    "de": [("Rheinperle", "GmbH & Co. KG"), ("Talblick", "e. K."), ("Kontor Hansen", "OHG"), ("Alpenland", "GesmbH"),
           ("Werkhof Lenz", "GmbH")],
    "es": [("Montesol", "S.L.U."), ("Hermanos Quiroga", "S.A."), ("Grupo Levante", "S.A. de C.V."), ("Talleres Bravo", "S.L."),
           ("Costa Dorada", "S. Coop.")],
}
TRADES = {
    "en": ["Supplies", "Electrical", "Interiors", "Packaging", "Engineering"],
    "fr": ["Distribution", "Plomberie", "Conseil", "Outillage", "Rénovation"],
    "de": ["Metallbau", "Handel", "Gartenbau", "Druckerei", "Sanitär"],
    "es": ["Suministros", "Consultores", "Instalaciones", "Textiles", "Ferretería"],
}
GOODS = {
    "en": ["Office chair", "Laser toner black", "Cordless screwdriver", "LED panel 60 x 60", "Copy paper A4", "First aid kit",
           "Water pipe 22 mm",
           "Wall paint white 10 l", "Fence post", "Monthly maintenance", "Folding ladder", "Site inspection"],
    "fr": ["Fauteuil de bureau", "Toner noir", "Visseuse sans fil", "Dalle LED 60 x 60", "Ramette A4", "Trousse de secours",
           "Tube cuivre 22 mm",
           "Peinture murale 10 l", "Poteau de clôture", "Entretien mensuel", "Échelle pliante", "Visite de chantier"],
    "de": ["Bürostuhl", "Toner schwarz", "Akkuschrauber", "LED-Panel 60 x 60", "Kopierpapier A4", "Verbandskasten", "Kupferrohr 22 mm",
           "Wandfarbe weiß 10 l", "Zaunpfosten", "Monatliche Wartung", "Klappleiter", "Baustellenbesichtigung"],
    "es": ["Silla de oficina", "Tóner negro", "Atornillador sin cable", "Panel LED 60 x 60", "Papel A4", "Botiquín", "Tubo de cobre 22 mm",
           "Pintura blanca 10 l", "Poste de valla", "Mantenimiento mensual", "Escalera plegable", "Visita de obra"],
}
FOODS = {
    "en": ["Baguette", "Semi-skimmed milk", "Bananas", "Cornflakes", "Chicken breast", "Washing-up liquid", "Dark chocolate",
           "Carrots 1 kg"],
    "fr": ["Baguette tradition", "Lait demi-écrémé", "Bananes", "Céréales", "Blanc de poulet", "Liquide vaisselle", "Chocolat noir",
           "Carottes 1 kg"],
    "de": ["Brötchen", "H-Milch 1,5 %", "Bananen", "Müsli", "Hähnchenbrust", "Spülmittel", "Zartbitterschokolade", "Möhren 1 kg"],
    "es": ["Barra de pan", "Leche semidesnatada", "Naranjas", "Cereales", "Pechuga de pollo", "Lavavajillas", "Chocolate negro",
           "Zanahorias 1 kg"],
}
THINGS = {
    "en": ["the lease", "the spring order", "the fire inspection", "the new entrance", "the software update", "the spare parts"],
    "fr": ["le bail", "la commande de printemps", "le contrôle incendie", "la nouvelle entrée", "la mise à jour", "le lot de pièces"],
    "de": ["die Miete", "die Frühjahrsbestellung", "die Brandschau", "die neue Einfahrt", "die Umstellung", "die Ersatzteillieferung"],
    "es": ["el alquiler", "el pedido de primavera", "la inspección de incendios", "la nueva entrada", "la actualización",
           "el lote de recambios"],
}
TITLES = {
    "en": ["Change of bank details", "Your complaint of last week", "Visit to our showroom", "Renewal of the licence",
           "Damage to the fence",
           "Invitation to tender"],
    "fr": ["Changement de coordonnées bancaires", "Votre réclamation", "Visite de notre salle d'exposition", "Renouvellement de la licence",
           "Dégâts à la clôture", "Appel d'offres"],
    "de": ["Neue Bankverbindung", "Ihre Beschwerde", "Besuch unserer Ausstellung", "Verlängerung der Lizenz", "Schaden am Zaun",
           "Einladung zur Ausschreibung"],
    "es": ["Cambio de datos bancarios", "Su reclamación", "Visita a nuestra exposición", "Renovación de la licencia", "Daños en la valla",
           "Invitación a licitar"],
}
# {a} and {b} are things, {p} a person, {c} a city, {d} a date, {m} an amount, {n} a number.
SENTENCES = {
    "en": ["With regard to {a}, we would like to meet you in {c} on {d}.", "Our estimate for {a} is {m}, valid for {n} days.",
           "{p} will call you about {a} and {b} next week.", "As agreed by telephone, {b} goes ahead without changes.",
           "Kindly return the enclosed form to {p} before {d}.", "There were {n} replies, and most of them favour {a}."],
    "fr": ["Au sujet de {a}, nous souhaitons vous rencontrer à {c} le {d}.", "Notre estimation pour {a} s'élève à {m}, valable {n} jours.",
           "{p} vous appellera la semaine prochaine pour {a} et {b}.", "Comme convenu par téléphone, {b} se poursuit sans changement.",
           "Merci de renvoyer le formulaire ci-joint à {p} avant le {d}.", "Nous avons reçu {n} réponses, pour la plupart favorables."],
    "de": ["Wegen {c} möchten wir Sie am {d} gern persönlich sprechen.", "Für {a} veranschlagen wir {m}, gültig für {n} Tage.",
           "{p} ruft Sie nächste Woche an, um {a} zu besprechen.", "Wie telefonisch vereinbart, bleibt {b} ohne Änderung.",
           "Bitte senden Sie das Formular vor dem {d} an {p} zurück.", "Es gab {n} Antworten, und die meisten begrüßen {a}."],
    "es": ["Respecto a {a}, nos gustaría reunirnos con usted en {c} el {d}.", "Nuestra estimación para {a} es de {m}, válida {n} días.",
           "{p} le llamará la próxima semana para tratar {a}.", "Según lo hablado por teléfono, {b} sigue sin cambios.",
           "Le rogamos que devuelva el formulario a {p} antes del {d}.", "Hubo {n} respuestas, y la mayoría apoya {a}."],
}
