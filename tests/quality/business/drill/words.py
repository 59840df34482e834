"""Names, goods and sentences of the drill family, under the generator's names for its own: no other family has any of them. Cities
and companies of a country stand under its locale, those of all others under the language."""

FIRST_NAMES = {
    "en": "Priya Declan Sharon Mitchell Aoife Jamal Kirsty Brendan Naomi Trevor Siobhan Wesley".split(),
    "fr": "Manon Yannick Fatima Jean-Luc Océane Baptiste Solange Karim Élodie Gaston Mireille Florian".split(),
    "de": "Heike Torben Ayşe Reinhold Svenja Alois Waltraud Kevin Edeltraud Urs Regula Dietmar".split(),
    "es": "Ximena Rodrigo Itziar Guadalupe Facundo Lorena Emiliano Rocío Matías Yolanda Santiago Marisol".split(),
}
LAST_NAMES = {
    "en": "O'Rourke Patel Hargreaves McAllister Sinclair Okafor Whitlock Delgado Prentice Nakamura Boyle Cavanagh".split(),
    "fr": "Vandevelde Bouchard Perrin Rochat Tremblay Lemaître Benali Charpentier Dufresne Jaccard Carpentier Hubert".split(),
    "de": "Schönherr Oberhuber Zbinden Petersen Haslinger Wüthrich Reuter Baumgartner Stadler Ammann Lorenz Yıldız".split(),
    "es": "Cárdenas Villaseñor Etxeberria Paredes Restrepo Ferreyra Sandoval Galindo Pizarro Acosta Uribe Maldonado".split(),
}
CITIES = {
    "en": "Tavistock Morpeth Ludlow Hexham Bridport Wrexham Kettering Penrith".split(),
    "en-IE": "Naas Mullingar Tullamore Ennis Carlow Clonmel".split(),
    "en-US": ["Dayton", "Boise", "Cedar Falls", "Plano", "Duluth", "Fort Wayne"],
    "en-CA": ["Oakville", "Kelowna", "Red Deer", "Guelph", "Moncton"],
    "en-AU": ["Geelong", "Bendigo", "Wagga Wagga", "Toowoomba", "Fremantle"],
    "fr": ["Poitiers", "Vannes", "Troyes", "Le Mans", "Saint-Malo", "Roanne", "Tarbes"],
    "fr-BE": ["Namur", "Wavre", "Louvain-la-Neuve", "Tournai", "Verviers"],
    "fr-CH": ["Genève", "Lausanne", "Vevey", "Neuchâtel", "Yverdon-les-Bains"],
    "fr-CA": ["Sherbrooke", "Trois-Rivières", "Laval", "Gatineau", "Rimouski"],
    "de": ["Rostock", "Paderborn", "Heilbronn", "Bad Kreuznach", "Chemnitz", "Lüneburg"],
    "de-AT": ["Graz", "Villach", "St. Pölten", "Dornbirn", "Wels"],
    "de-CH": ["Winterthur", "Uster", "Schaffhausen", "Dübendorf", "Wil SG"],
    "es": ["Huelva", "Albacete", "Vitoria-Gasteiz", "Sabadell", "Gijón", "Elche"],
    "es-MX": ["Puebla", "Querétaro", "Tlaquepaque", "Mérida", "San Nicolás de los Garza"],
    "es-AR": ["Rosario", "Mendoza", "La Plata", "Bahía Blanca", "Vicente López"],
    "es-CO": ["Bogotá D.C.", "Medellín", "Cali", "Bucaramanga"],
}
STREETS = {
    "en": ["Commerce Way", "Bridge Street", "Enterprise Park", "Sheep Street", "Lakeshore Road", "Railway Terrace", "Foundry Court"],
    "fr": ["rue de l'Industrie", "chaussée de Bruxelles", "avenue de la Gare", "rue du Commerce", "zone artisanale des Prés", "rue Neuve"],
    "de": ["Gewerbestraße", "Schulstraße", "Am Bahndamm", "Wiener Straße", "Rosenweg", "Seestraße"],
    "de-CH": ["Industriestrasse", "Bahnhofplatz", "Seestrasse", "Dorfstrasse"],
    "es": ["Polígono Las Fuentes", "C/ Doctor Fleming", "Ronda Norte", "Avda. del Puerto"],
    "es-MX": ["Av. Insurgentes Sur", "Calz. de Tlalpan", "Blvd. Díaz Ordaz", "Calle Hidalgo"],
    "es-AR": ["Av. San Martín", "Belgrano", "Bv. Oroño", "Hipólito Yrigoyen"],
    "es-CO": ["Carrera 15 No.", "Calle 72 No.", "Av. El Dorado No."],
}
COMPANIES = {
    "en": [("Harrow Gate", "Ltd"), ("Pritchard Bros", "Ltd"), ("Saxon Vale", "plc"), ("J & K Dunning", "LLP"), ("Moorside", "(UK) Ltd")],
    "en-IE": [("Shannonside", "Ltd"), ("Brannigan", "DAC"), ("Four Provinces", "Ltd")],
    "en-US": [("Great Plains", "Inc."), ("Lone Pine", "LLC"), ("Delgado & Pratt", "Corp."), ("Summit Ridge", "LLC"), ("Bayview", "Inc.")],
    "en-CA": [("Maple Fork", "Inc."), ("Northern Spruce", "Ltd."), ("Laurentide", "Corp.")],
    "en-AU": [("Southern Cross", "Pty Ltd"), ("Wattle Creek", "Pty Ltd"), ("Billabong Bend", "Pty Ltd")],
    "fr": [("Sodexim", "SAS"), ("Ets Lamotte", "SARL"), ("Armor Ouest", "SA"), ("Les Frères Picard", "SNC"), ("ProBat", "EURL")],
    "fr-BE": [("Mosane", "SRL"), ("Delhaye & Fils", "SA"), ("Brabant Services", "SRL"), ("Ardennes", "SC")],
    "fr-CH": [("Léman", "Sàrl"), ("Jura Précision", "SA"), ("Riviera", "Sàrl"), ("Bolomey", "SA")],
    "fr-CA": [("Boréal", "inc."), ("Groupe Saguenay", "inc."), ("Entreprises Gagnon", "ltée")],
    "de": [("Hanse", "GmbH"), ("Büttner & Söhne", "KG"), ("Odenwald", "UG (haftungsbeschränkt)"), ("Nordwest", "AG"), ("Petersen", "e. K.")],
    "de-AT": [("Donau", "GmbH"), ("Haslinger", "e.U."), ("Steirische", "GesmbH"), ("Alpin", "OG")],
    "de-CH": [("Säntis", "AG"), ("Zürisee", "GmbH"), ("Gebr. Ammann", "AG"), ("Helvetic", "AG")],
    "es": [("Hispano", "S.L."), ("Suministros Urrutia", "S.A.L."), ("Mediterránea", "S.L.U."), ("Nexo", "S.A.")],
    "es-MX": [("Grupo Azteca", "S.A. de C.V."), ("Comercial Bajío", "S. de R.L. de C.V."), ("Del Valle", "S.A. de C.V.")],
    "es-AR": [("Pampa", "S.R.L."), ("El Ceibo", "S.A."), ("Hnos. Ferreyra", "S.H."), ("Cono Sur", "S.A.S.")],
    "es-CO": [("Andina", "S.A.S."), ("Café y Campo", "Ltda."), ("El Dorado", "S.A.S.")],
}
TRADES = {
    "en": ["Plumbing", "Office Solutions", "Freight", "Hardware", "Foods", "IT Services", "Joinery"],
    "fr": ["Bureautique", "Chauffage", "Informatique", "Alimentation", "Matériaux", "Nettoyage"],
    "de": ["Haustechnik", "Bürobedarf", "IT-Service", "Lebensmittel", "Baustoffe", "Gebäudetechnik"],
    "es": ["Papelería", "Informática", "Alimentos", "Construcciones", "Climatización", "Servicios"],
}
GOODS = {
    "en": ["Network switch 24 port", "A4 lever arch files (box of 10)", "Call-out, first hour", "Boiler service", "HDMI cable 3 m", "Hi-vis vest L",
           "Pallet delivery", "Annual licence, 5 users", "M8 x 40 hex bolts", "Blue roll 6 pk", "Labour (hours)", "Door closer EN 3"],
    "fr": ["Commutateur 24 ports", "Classeurs à levier (lot de 10)", "Déplacement", "Entretien chaudière", "Câble HDMI 3 m", "Gilet fluo L",
           "Livraison palette", "Licence annuelle 5 postes", "Vis M8 x 40", "Essuie-mains 6 rlx", "Main-d'œuvre (heures)", "Ferme-porte EN 3"],
    "de": ["Netzwerk-Switch 24 Port", "Ordner A4 breit (10er-Pack)", "Anfahrtspauschale", "Heizungswartung", "HDMI-Kabel 3 m", "Warnweste L",
           "Palettenlieferung", "Jahreslizenz 5 Nutzer", "Sechskantschraube M8 x 40", "Putzrolle 6er", "Monteurstunden", "Türschließer EN 3"],
    "es": ["Switch de red 24 puertos", "Archivadores A4 (caja 10)", "Desplazamiento", "Revisión de caldera", "Cable HDMI 3 m", "Chaleco reflectante L",
           "Entrega en palé", "Licencia anual 5 usuarios", "Tornillo hex. M8 x 40", "Papel secamanos 6 u", "Mano de obra (horas)", "Cierrapuertas EN 3"],
}
FOODS = {
    "en": ["SKIMMED MILK 2PT", "TEA BAGS 80S", "BAKED BEANS 4PK", "GRAPES RED", "WHITE ROLLS X6", "SALTED CRISPS", "LAUNDRY CAPS", "PORRIDGE OATS"],
    "fr": ["LAIT UHT 1L", "CAFE CAPSULES X20", "RAISIN BLANC", "PAIN MIE COMPLET", "CHIPS NATURE", "LESSIVE 25D", "FLOCONS AVOINE", "EAU 6X1.5L"],
    "de": ["H-MILCH 3,5%", "KAFFEEPADS 36ER", "TRAUBEN HELL", "TOASTBROT", "CHIPS GESALZEN", "WASCHMITTEL 20WL", "HAFERFLOCKEN", "MINERALW. 6X1,5"],
    "es": ["LECHE ENT. 1L", "CAFE CAPSULAS 20", "UVA BLANCA", "PAN INTEGRAL", "PATATAS FRITAS", "DETERGENTE 25D", "AVENA COPOS", "AGUA 6X1,5L"],
}
THINGS = {
    "en": ["the lift refurbishment", "the fire alarm contract", "your order for blinds", "the tenancy file", "the broadband migration", "the credit note",
           "the site induction", "the stock count", "the asbestos survey"],
    "fr": ["la réfection des ascenseurs", "le contrat d'alarme", "la commande de stores", "le dossier locatif", "la bascule internet", "l'avoir",
           "l'accueil sécurité", "le comptage du stock", "le diagnostic amiante"],
    "de": ["die Aufzugssanierung", "die Alarmanlage", "die Jalousienlieferung", "die Mieterakte", "die Umstellung des Anschlusses", "die Gutschrift",
           "die Sicherheitsunterweisung", "die Bestandszählung", "die Schadstoffprüfung"],
    "es": ["la reforma del ascensor", "el contrato de alarma", "el suministro de persianas", "el expediente del arrendatario", "la migración de la línea",
           "la nota de abono", "la charla de seguridad", "el recuento de existencias", "el informe de amianto"],
}
TITLES = {
    "en": ["Your account with us: annual review", "Planned water shut-off", "Outcome of your complaint", "New opening times of our depot",
           "Notice of works at your building", "Confirmation of our meeting"],
    "fr": ["Travaux prévus dans votre immeuble", "Suite donnée à votre réclamation du mois dernier", "Coupure d'eau programmée",
           "Nouveaux horaires du dépôt", "Bilan annuel de votre compte", "Confirmation de notre rendez-vous"],
    "de": ["Geplante Wasserabstellung", "Ergebnis Ihrer Reklamation", "Neue Öffnungszeiten unseres Lagers", "Bauarbeiten in Ihrem Haus",
           "Jahresübersicht zu Ihrem Konto", "Bestätigung unseres Termins"],
    "es": ["Obras previstas en su edificio", "Resolución de su queja", "Corte de agua programado", "Nuevo horario del almacén",
           "Resumen anual de su cuenta", "Confirmación de la reunión"],
}
# {a} and {b} are things, {p} a person, {c} a city, {d} a date, {m} an amount, {n} a number.
SENTENCES = {
    "en": ["Further to our call of {d}, I confirm that {a} has been passed to {p}.", "We have set aside {m} for {a}; nothing is charged to you.",
           "Work on {b} starts in week {n} and should take {n} days.", "Our engineer visited {c} on {d} and found no fault.",
           "Should you have any questions about {a}, please ask for {p}.", "Last year {n} customers in {c} took part in {b}.",
           "The earlier figure of {m} was an estimate and no longer stands."],
    "fr": ["Suite à notre entretien du {d}, {a} a été confié à {p}.", "Une provision de {m} a été constituée ; rien ne vous est facturé.",
           "Les travaux débuteront en semaine {n} et dureront {n} jours.", "Notre technicien est passé à {c} le {d} sans constater de défaut.",
           "Pour toute question sur {a}, demandez {p}.", "L'an dernier, {n} clients de {c} ont participé.",
           "Le montant de {m} annoncé auparavant n'était qu'une estimation."],
    "de": ["Wie am {d} besprochen, liegt der Vorgang nun bei {p}.", "Für {a} haben wir {m} zurückgestellt; Ihnen wird nichts berechnet.",
           "Die Arbeiten beginnen in Kalenderwoche {n} und dauern {n} Tage.", "Unser Techniker war am {d} in {c} und fand keinen Mangel.",
           "Bei Fragen wenden Sie sich gern an {p}.", "Im letzten Jahr nahmen {n} Kunden in {c} teil.",
           "Die früher genannten {m} waren eine Schätzung und gelten nicht mehr."],
    "es": ["Conforme a la conversación del {d}, {a} queda en manos de {p}.", "Hemos provisionado {m} para {a}; no se le cobrará nada.",
           "Los trabajos empiezan en la semana {n} y duran {n} días.", "Nuestro técnico pasó por {c} el {d} sin encontrar averías.",
           "Si tiene dudas sobre {a}, pregunte por {p}.", "El año pasado participaron {n} clientes de {c}.",
           "La cifra anterior de {m} era una estimación y ya no es válida."],
}
