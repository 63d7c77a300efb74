package org.atelier.models.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The architectures of single files that can be generated with. */
public enum Architecture {
    SD1("sd1", "Stable Diffusion 1.x", 768, "stable-diffusion-1"),
    SD2("sd2", "Stable Diffusion 2.x", 1024, "stable-diffusion-2"),
    SDXL("sdxl", "Stable Diffusion XL", 2048, "stable-diffusion-xl");

    private final String family;
    private final String title;
    private final long textChannels;
    private final String configuration;

    Architecture(String family, String title, long textChannels, String configuration) {
        this.family = family;
        this.title = title;
        this.textChannels = textChannels;
        this.configuration = configuration;
    }

    /** The name of the model family. */
    public String family() {
        return family;
    }

    /** The name for readers. */
    public String title() {
        return title;
    }

    /** The folder of the published configuration of the text-to-image model that predicts noise. */
    String configuration() {
        return configuration;
    }

    /** Whether the UNet of the published models receives text embeddings of that many channels. */
    boolean isPublished(long channels) {
        return channels == textChannels;
    }

    /** By the channels of the text embeddings of the published models. */
    static Optional<Architecture> ofTextChannels(long channels) {
        return Arrays.stream(values()).filter(one -> one.isPublished(channels)).findFirst();
    }
}
