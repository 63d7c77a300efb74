package org.atelier.requests.foreign;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names that other programs give samplers. A sampler that is not listed has no counterpart there, or an equal name. */
public final class ForeignSamplers {

    /** stable-diffusion-webui's name of each sampler. */
    private static final Map<String, String> WEBUI =
            Map.of("ddim", "DDIM", "euler", "Euler", "dpm++2m", "DPM++ 2M", "unipc", "UniPC");

    /** The sampler of each name, in lower case, that webui, ComfyUI, InvokeAI and NovelAI use. */
    private static final Map<String, String> SAMPLERS = Map.ofEntries(
            Map.entry("ddim", "ddim"),
            Map.entry("euler", "euler"),
            Map.entry("k_euler", "euler"),
            Map.entry("dpm++ 2m", "dpm++2m"),
            Map.entry("dpmpp_2m", "dpm++2m"),
            Map.entry("k_dpmpp_2m", "dpm++2m"),
            Map.entry("unipc", "unipc"),
            Map.entry("uni_pc", "unipc"),
            Map.entry("uni_pc_bh2", "unipc"));

    private ForeignSamplers() {}

    /** The name that stable-diffusion-webui writes into images. */
    public static String webuiName(String sampler) {
        return WEBUI.getOrDefault(sampler, sampler.toUpperCase(Locale.ROOT));
    }

    /** The sampler that another program means by a name, in any letter case. */
    static Optional<String> sampler(String foreignName) {
        return Optional.ofNullable(SAMPLERS.get(foreignName.toLowerCase(Locale.ROOT)));
    }
}
