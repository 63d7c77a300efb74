package org.atelier.requests;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.requests.foreign.ForeignSamplers;
import org.atelier.requests.png.PngFile;

/**
 * The metadata of an image: generation parameters for other programs, the request that reproduces it, and the
 * declaration that a trained model made it.
 *
 * @param version of Atelier
 */
public record ImageMetadata(String version) {

    /** The keyword of the parameters in the format of stable-diffusion-webui. */
    public static final String PARAMETERS = "parameters";

    /** The keyword of the request. */
    public static final String ATELIER = "atelier";

    /** The key of the reference's number, in the metadata of a reconstruction. */
    static final String REFERENCE = "reference";

    private static final String XMP_PACKET = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about=""
                xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
                xmlns:xmp="http://ns.adobe.com/xap/1.0/">
               <Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>
               <xmp:CreatorTool>Atelier %s</xmp:CreatorTool>
              </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>""";

    /** The texts of one generated image by keyword. */
    public Map<String, String> of(SetRequest request, int index) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(PARAMETERS, parameters(request, index));
        texts.put(ATELIER, Json.compact(own(request, index)));
        texts.put(PngFile.XMP, xmp());
        return texts;
    }

    /**
     * The texts of a reconstruction, without the parameters for other programs, which cannot reproduce it.
     *
     * @param reference the reference, from 0; {@code null} for all
     */
    public Map<String, String> ofReconstruction(SetRequest request, Integer reference) {
        JsonObject own = own(request, 0);
        own.addProperty("reconstruction", true);
        if (reference != null) {
            own.addProperty(REFERENCE, reference);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(ATELIER, Json.compact(own));
        texts.put(PngFile.XMP, xmp());
        return texts;
    }

    /** The texts of a contact sheet: only the declaration that a trained model made its images. */
    public Map<String, String> ofSheet() {
        return Map.of(PngFile.XMP, xmp());
    }

    private String xmp() {
        return XMP_PACKET.formatted(version);
    }

    private JsonObject own(SetRequest request, int index) {
        JsonObject json = new JsonObject();
        json.addProperty("schema_version", Json.SCHEMA_VERSION);
        json.addProperty("version", version);
        json.addProperty("index", index);
        json.add("request", RequestJson.of(request));
        return json;
    }

    private String parameters(SetRequest request, int index) {
        SetItem item = request.itemOf(index);
        StringBuilder text = new StringBuilder(request.promptOf(index)).append('\n');
        if (request.negativePrompt() != null && !request.negativePrompt().isEmpty()) {
            text.append("Negative prompt: ").append(request.negativePrompt()).append('\n');
        }
        text.append("Steps: ")
                .append(request.sampling().steps())
                .append(", Sampler: ")
                .append(ForeignSamplers.webuiName(request.sampling().sampler()))
                .append(", CFG scale: ")
                .append(plain(request.sampling().cfgScale()))
                .append(", Seed: ")
                .append(item.seed())
                .append(", Size: ")
                .append(item.width())
                .append('x')
                .append(item.height());
        if (request.modelOptions().clipSkip() > 0) {
            // Stable-diffusion-webui counts the last layer as 1.
            text.append(", Clip skip: ").append(request.modelOptions().clipSkip() + 1);
        }
        if (startsFromPicture(request, index)) {
            text.append(", Denoising strength: ")
                    .append(plain(request.initImages().denoise()));
        }
        return text.append(", Model: ")
                .append(quoted(modelName(request.model())))
                .append(", Version: ")
                .append(quoted("Atelier " + version))
                .toString();
    }

    private static boolean startsFromPicture(SetRequest request, int index) {
        return !request.initImages().isEmpty() && index - request.firstGenerated() >= request.firstInitialised();
    }

    private static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    private static String modelName(String model) {
        Path last = Path.of(model).getFileName();
        return last == null ? model : last.toString();
    }

    /** Quotes values that contain separators as JSON strings, as stable-diffusion-webui does. */
    private static String quoted(String value) {
        return value.matches("(?s).*[,:\n].*") ? new JsonPrimitive(value).toString() : value;
    }
}
