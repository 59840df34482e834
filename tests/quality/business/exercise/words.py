"""Names, goods and sentences of the exercise family, under the generator's names for its own: no other family has any of them."""

FIRST_NAMES = {
    "en": "Rachel Neil Bridget Callum Judith Alistair Paula Gordon Megan Rupert".split(),
    "fr": "Pauline Bastien Solène Fabrice Corinne Adrien Muriel Clément Estelle Régis".split(),
    "de": "Heike Stefan Cornelia Uwe Dagmar Christoph Renate Holger Silke Torben".split(),
    "es": "Rocío Alberto Marta Sergio Cristina Manuel Lorena Ignacio Teresa Rubén".split(),
}
LAST_NAMES = {
    "en": "Aldridge Barlow Copeland Draycott Fenwick Hartnell Keeble Mowbray Ransome Stanhill".split(),
    "fr": "Archambault Boulay Carpentier Descamps Fontenelle Humbert Larivière Millet Poncelet Rigaud".split(),
    "de": "Asmussen Bergmann Diekmann Ehlers Hartwig Jansen Lorenz Petersen Scheffler Wiegand".split(),
    "es": "Alonso Blanco Castaño Delgado Esteban Herrero Lozano Navarro Pastor Salgado".split(),
}
CITIES = {
    "en": "Aldbury Chesterham Dunmere Hartlebury Millbrook Norbridge Saltford Westerby".split(),
    "fr": ["Grenoble", "Tours", "Reims", "Poitiers", "Perpignan", "Valence", "Le Havre", "Brive-la-Gaillarde"],
    "de": ["Leipzig", "Koblenz", "Rostock", "Ulm", "Paderborn", "Heilbronn", "Bad Kreuznach", "Jena"],
    "es": ["Sevilla", "Bilbao", "Granada", "Huesca", "Santa Cruz", "Albacete", "Vigo", "Tarragona"],
}
STREETS = {
    "en": ["Bridge Street", "Albert Road", "Manor Way", "Foundry Lane", "The Crescent", "Park Terrace"],
    "fr": ["rue de la Gare", "avenue Jean-Jaurès", "boulevard Pasteur", "rue des Tanneurs", "chemin du Lavoir", "quai de la Marne"],
    "de": ["Schillerstraße", "Am Hafen", "Gewerbepark", "Schulstraße", "Feldweg", "Rathausplatz"],
    "es": ["calle Nueva", "avenida del Puerto", "calle Cervantes", "plaza del Mercado", "polígono El Pinar", "camino Viejo"],
}
COMPANIES = {
    "en": [("Harcourt", "Ltd"), ("Pryce & Dalton", "LLP"), ("Meridian", "Group plc"), ("Redfern", "Limited"), ("Stonebridge", "Inc.")],
    "fr": [("Lavergne", "SAS"), ("Ateliers du Midi", "SARL"), ("Groupe Sauvignac", "SA"), ("Perrin Frères", "SARL"), ("Sud-Ouest", "SASU")],
    "de": [("Nordhaus", "GmbH"), ("Bachmann & Söhne", "KG"), ("Elbtal", "AG"), ("Wesergold", "GmbH & Co. KG"), ("Falkenried", "GmbH")],
    "es": [("Robledal", "S.L."), ("Navarrete e Hijos", "S.A."), ("Grupo Almenara", "S.L.U."), ("Iberia Centro", "S.L."),
           ("Miralles", "S.A.U.")],
}
TRADES = {
    "en": ["Technical Services", "Furniture", "Cleaning", "Roofing", "Wholesale"],
    "fr": ["Équipement", "Nettoyage", "Couverture", "Emballages", "Informatique"],
    "de": ["Bürotechnik", "Reinigung", "Dachbau", "Verpackungen", "Systemtechnik"],
    "es": ["Equipamientos", "Limpiezas", "Cubiertas", "Embalajes", "Sistemas"],
}
GOODS = {
    "en": ["Filing cabinet", "Wireless keyboard", "Cleaning service", "Cable ties pack of 100", "Whiteboard 120 x 90", "Roof tile",
           "Hard hat",
           "Pallet wrap", "Ball valve 1/2 inch", "Carpet tiles", "Annual licence", "Installation and set-up"],
    "fr": ["Armoire à dossiers", "Clavier sans fil", "Prestation de nettoyage", "Colliers de serrage x 100", "Tableau blanc 120 x 90",
           "Tuile romane", "Casque de chantier", "Film étirable", "Vanne à sphère 1/2", "Dalles de moquette", "Licence annuelle",
           "Installation et réglage"],
    "de": ["Aktenschrank", "Funktastatur", "Unterhaltsreinigung", "Kabelbinder 100er Pack", "Whiteboard 120 x 90", "Dachziegel",
           "Schutzhelm", "Stretchfolie", "Kugelhahn 1/2 Zoll", "Teppichfliesen", "Jahreslizenz", "Montage und Einrichtung"],
    "es": ["Archivador metálico", "Teclado inalámbrico", "Servicio de limpieza", "Bridas paquete de 100", "Pizarra blanca 120 x 90",
           "Teja curva",
           "Casco de obra", "Film estirable", "Válvula de bola 1/2", "Losetas de moqueta", "Licencia anual", "Instalación y ajuste"],
}
FOODS = {
    "en": ["Rye loaf", "Greek yoghurt", "Nectarines", "Porridge oats", "Smoked salmon", "Kitchen roll", "Orange juice 1 l", "New potatoes"],
    "fr": ["Pain de seigle", "Yaourt nature", "Poires", "Flocons d'avoine", "Saumon fumé", "Essuie-tout", "Jus d'orange 1 l",
           "Pommes Golden 1 kg"],
    "de": ["Roggenbrot", "Speisequark", "Pflaumen", "Haferflocken", "Räucherlachs", "Küchenrolle", "Orangensaft 1 l", "Kartoffeln fest"],
    "es": ["Pan de centeno", "Yogur natural", "Peras", "Copos de avena", "Salmón ahumado", "Papel de cocina", "Zumo de naranja 1 l",
           "Patatas nuevas"],
}
THINGS = {
    "en": ["the warehouse move", "the annual service", "the heating system", "the staff training", "the insurance claim", "the trade fair"],
    "fr": ["le déménagement", "la révision annuelle", "la chaudière", "la formation du personnel", "le dossier d'assurance", "la foire"],
    "de": ["die Lagerräumung", "die Jahreswartung", "die Heizungsanlage", "die Mitarbeiterschulung", "die Schadensmeldung", "die Messe"],
    "es": ["la mudanza", "el mantenimiento anual", "la calefacción", "la formación del personal", "el expediente del seguro", "la feria"],
}
TITLES = {
    "en": ["Our new opening hours", "Appointment for the inspection", "Thank you for your application", "Price list for next season",
           "Closing of our branch", "Request for documents"],
    "fr": ["Nos nouveaux horaires", "Rendez-vous pour le contrôle", "Votre candidature", "Tarifs de la saison prochaine",
           "Fermeture de notre agence", "Demande de documents"],
    "de": ["Unsere neuen Öffnungszeiten", "Termin für die Prüfung", "Ihre Bewerbung", "Preisliste der nächsten Saison",
           "Schließung unserer Filiale", "Bitte um Unterlagen"],
    "es": ["Nuestro nuevo horario", "Cita para la inspección", "Su candidatura", "Tarifas de la próxima temporada",
           "Cierre de nuestra oficina", "Petición de documentos"],
}
# {a} and {b} are things, {p} a person, {c} a city, {d} a date, {m} an amount, {n} a number.
SENTENCES = {
    "en": ["Should you have any questions about {a}, our colleague {p} is happy to help.",
           "We have set aside {m} for {b}, and we do not expect to need more.",
           "Because of {a}, our office in {c} stays closed until {d}.", "Work on {b} will take about {n} days.",
           "Please let us know whether {a} suits you.", "A copy of this went to {p} in {c}."],
    "fr": ["Pour toute question, {p} se tient à votre disposition.", "Nous avons prévu {m} et pensons que cela suffira.",
           "Nos bureaux de {c} resteront fermés jusqu'au {d}.", "Les travaux dureront environ {n} jours.",
           "Dites-nous si {a} vous convient.", "Une copie a été transmise à {p}, à {c}."],
    "de": ["Bei Fragen hilft Ihnen {p} gern weiter.", "Wir haben {m} vorgesehen und rechnen nicht mit höheren Kosten.",
           "Unser Büro in {c} bleibt bis zum {d} geschlossen.", "Die Arbeiten dauern etwa {n} Tage.",
           "Teilen Sie uns bitte mit, ob {a} Ihnen zusagt.", "Eine Kopie ging an {p} in {c}."],
    "es": ["Si tiene alguna pregunta, {p} le ayudará con mucho gusto.", "Hemos previsto {m} y no esperamos gastar más.",
           "Nuestra oficina de {c} permanecerá cerrada hasta el {d}.", "Los trabajos durarán unos {n} días.",
           "Díganos si {a} le conviene.", "Se ha enviado una copia a {p}, en {c}."],
}
