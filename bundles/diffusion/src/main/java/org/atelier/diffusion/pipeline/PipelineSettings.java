package org.atelier.diffusion.pipeline;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.schedule.NoiseSchedule;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.LayerRegister;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.source.ModelFolder;

/**
 * What can be known of a model without loading it.
 *
 * @param width of the pictures it was trained for, in pixels
 * @param height of the pictures it was trained for, in pixels
 * @param factor pixels on each side of a latent; a picture's sides are multiples of it
 * @param trainTimesteps how finely its noise schedule divides time
 */
public record PipelineSettings(int width, int height, int factor, int trainTimesteps) {

    /**
     * Reads a model's configurations.
     *
     * @throws AtelierException that names every setting which asks for another network than those that are known
     */
    public static PipelineSettings of(ModelFolder folder) {
        ClipTextSettings.from(folder.settings("text_encoder"));
        ClipTextSettings.from(folder.settings("text_encoder_2"));
        UNetSettings unet = UNetSettings.from(folder.settings("unet"));
        AutoencoderSettings autoencoder = AutoencoderSettings.from(folder.settings("vae"));
        NoiseSchedule schedule = NoiseSchedule.from(folder.settings("scheduler"));
        int side = unet.sampleSize() * autoencoder.factor();
        return new PipelineSettings(side, side, autoencoder.factor(), schedule.trainTimesteps());
    }

    /**
     * The attentions of a model's UNet in registration order, for pictures of that size.
     *
     * @param width pixels
     * @param height pixels
     * @throws AtelierException as {@link #of}
     */
    public static List<AttentionLayer> attentionLayers(ModelFolder folder, int width, int height) {
        int factor = of(folder).factor();
        return LayerRegister.of(UNetSettings.from(folder.settings("unet"))).layers(height / factor, width / factor);
    }
}
