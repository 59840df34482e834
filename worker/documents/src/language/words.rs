//! The words that sentences of a language cannot do without, the months among them.

use super::Language;

const EN: &str = "the of and to in is for that with on be are this by at from as an or not have has was were will you \
    your we our their it its which any all may shall been per if no other than such these please thank us between \
    january february march may june july october december days after before monday tuesday wednesday thursday friday";
const FR: &str = "le la les de des du et à en est pour que avec sur sont ce cette par au aux dans un une ou ne pas \
    votre vos notre nos nous vous qui être ont il elle leur leurs sa ses son plus merci entre si tout tous toute \
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre jours après avant lundi mardi \
    mercredi jeudi vendredi monsieur madame conformément";
const DE: &str = "der die das den dem des und zu in ist für mit auf sind dieser diese dieses von vom im am zum zur bei \
    ein eine einer eines einen einem oder nicht sie wir ihr ihre ihren ihrer unser unsere uns als auch nach aus an wird \
    werden wurde haben hat es bis durch über unter sowie bitte vielen dank januar februar märz mai juni juli oktober \
    dezember tage tagen montag dienstag mittwoch donnerstag freitag herr frau herrn gemäß zwischen";
const ES: &str = "el la los las de del y en es para que con por son este esta estos un una o no se su sus nuestro \
    nuestra nuestros nos al lo como más entre ha han ser está le les usted ustedes gracias desde hasta sin sobre según \
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre días después antes lunes \
    martes miércoles jueves viernes señor señora";

pub(super) fn stop_words(language: Language) -> &'static str {
    match language {
        Language::En => EN,
        Language::Fr => FR,
        Language::De => DE,
        Language::Es => ES,
    }
}
