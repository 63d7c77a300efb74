package org.atelier.requests.foreign;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that other programs give samplers. A sampler that is not listed has no counterpart there, or an equal name. */
public final class ForeignSamplers {

    /** stable-diffusion-webui's name of each sampler. */
    private static final Map<String, String> WEBUI = Map.of(
            "ddim", "DDIM",
            "pndm", "PLMS",
            "euler", "Euler",
            "euler-ancestral", "Euler a",
            "dpm++2m", "DPM++ 2M",
            "dpm++2m-sde", "DPM++ 2M SDE",
            "unipc", "UniPC",
            "lcm", "LCM",
            "tcd", "TCD");

    /** The sampler of each name, in lower case, that webui, ComfyUI, InvokeAI and NovelAI use. */
    private static final Map<String, String> SAMPLERS = Map.ofEntries(
            Map.entry("ddim", "ddim"),
            Map.entry("plms", "pndm"),
            Map.entry("pndm", "pndm"),
            Map.entry("euler", "euler"),
            Map.entry("k_euler", "euler"),
            Map.entry("euler a", "euler-ancestral"),
            Map.entry("euler_a", "euler-ancestral"),
            Map.entry("euler_ancestral", "euler-ancestral"),
            Map.entry("k_euler_a", "euler-ancestral"),
            Map.entry("k_euler_ancestral", "euler-ancestral"),
            Map.entry("dpm++ 2m", "dpm++2m"),
            Map.entry("dpmpp_2m", "dpm++2m"),
            Map.entry("k_dpmpp_2m", "dpm++2m"),
            Map.entry("dpm++ 2m sde", "dpm++2m-sde"),
            Map.entry("dpmpp_2m_sde", "dpm++2m-sde"),
            Map.entry("dpmpp_2m_sde_gpu", "dpm++2m-sde"),
            Map.entry("k_dpmpp_2m_sde", "dpm++2m-sde"),
            Map.entry("unipc", "unipc"),
            Map.entry("uni_pc", "unipc"),
            Map.entry("uni_pc_bh2", "unipc"),
            Map.entry("lcm", "lcm"),
            Map.entry("tcd", "tcd"));

    /** The samplers with the option {@code sigmas}. */
    private static final Set<String> WITH_SIGMAS = Set.of("euler", "dpm++2m", "dpm++2m-sde", "unipc");

    private ForeignSamplers() {}

    /** The name that stable-diffusion-webui writes into images. */
    public static String webuiName(String sampler) {
        return WEBUI.getOrDefault(sampler, sampler.toUpperCase(Locale.ROOT));
    }

    /** The sampler that another program means by a name, in any letter case. */
    static Optional<String> sampler(String foreignName) {
        return Optional.ofNullable(SAMPLERS.get(foreignName.toLowerCase(Locale.ROOT)));
    }

    /** Whether a sampler has noise levels other than those of its timesteps. */
    static boolean hasSigmas(String sampler) {
        return WITH_SIGMAS.contains(sampler);
    }
}
