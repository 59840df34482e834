//! A page as a picture.

use hayro::{PixmapSettings, RenderCache, RenderSettings, render, vello_cpu::color::palette::css::WHITE};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::hayro_syntax::page::Page;
use image::RgbImage;

/// Dots in an inch of the page's own measure.
const POINTS_PER_INCH: f32 = 72.0;
/// Pixels of a drawn page: A2 at 192 dots an inch. A larger page is drawn coarser, for its print is larger too.
const MAX_PIXELS: f32 = 16_000_000.0;
/// The renderer counts pixels of a side in 16 bits.
const MAX_SIDE: f32 = 32_000.0;

/// Draws a page upright at this resolution, or coarser if it is large.
pub(super) fn draw<'a>(page: &'a Page<'a>, settings: &InterpreterSettings, dpi: u32) -> RgbImage {
    let (width, height) = page.render_dimensions();
    let (width, height) = (width.max(1.0), height.max(1.0));
    let scale =
        (dpi as f32 / POINTS_PER_INCH).min((MAX_PIXELS / (width * height)).sqrt()).min(MAX_SIDE / width.max(height));
    // Caches are for fonts; what is drawn here has few, and pictures that would be kept to the end of the document.
    let cache = RenderCache::new();
    let looks = RenderSettings { force_image_interpolation: true, ..RenderSettings::default() };
    let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn = render(page, &cache, settings, &looks, &paper);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    // The paper is opaque, so that no colour is weighed by its alpha.
    let colours = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]);
    RgbImage::from_raw(width, height, colours.collect()).unwrap_or_default()
}
