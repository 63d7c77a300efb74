package org.atelier.tensor;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operations of the networks that DJL's PyTorch engine lacks or performs more slowly. Every result belongs to the
 * manager of the first argument. All support bfloat16, unlike DJL's own casts, softmax and device transfers.
 */
public final class TorchKernels implements Kernels, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TorchKernels.class);

    private final Device device;
    private final Script kernels;
    private final Script merging;
    private final Script oneDnn;

    private TorchKernels(Device device, Script kernels, Script merging, Script oneDnn) {
        this.device = device;
        this.kernels = kernels;
        this.merging = merging;
        this.oneDnn = oneDnn;
    }

    /**
     * Starts the engine if necessary and loads the kernels.
     *
     * @param device the device on which they run
     * @throws AtelierException {@code ENGINE_FAILED} if libtorch cannot be loaded
     */
    public static TorchKernels load(Device device) {
        try {
            Script kernels = Script.load("kernels.py", "Kernels", device);
            Script merging = device.isGpu() ? null : probe("merging.py", "Merging", device);
            Script oneDnn = device.isGpu() ? null : probe("onednn.py", "OneDnn", device);
            return new TorchKernels(device, kernels, merging, oneDnn);
        } catch (MalformedModelException | EngineException | UnsatisfiedLinkError e) {
            throw unstarted(e);
        }
    }

    private static AtelierException unstarted(Throwable cause) {
        return new AtelierException(
                AtelierException.Code.ENGINE_FAILED,
                "The PyTorch engine does not start: " + cause.getMessage()
                        + ". Atelier unpacks libtorch for this platform into the cache folder;"
                        + " XDG_CACHE_HOME sets another.",
                cause);
    }

    /**
     * The number of threads of an operation on the processor. Starts the engine if necessary.
     *
     * @throws AtelierException {@code ENGINE_FAILED} if libtorch cannot be loaded
     */
    public static int threads() {
        try {
            Engine.getEngine("PyTorch");
            return JniUtils.getNumThreads();
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw unstarted(e);
        }
    }

    /** Loads a script; returns {@code null} if this libtorch lacks one of its operators. */
    private static Script probe(String resource, String className, Device device) {
        try {
            return Script.load(resource, className, device);
        } catch (MalformedModelException | EngineException e) {
            LOG.info("This libtorch lacks an operator of {}; using the fallback", resource, e);
            return null;
        }
    }

    /** The device on which these kernels run. */
    public Device device() {
        return device;
    }

    /** A manager for tensors on this device, to be closed by the caller. */
    public NDManager newManager() {
        return NDManager.newBaseManager(device, "PyTorch");
    }

    /**
     * An affine map of the last axis.
     *
     * @param x (…, in)
     * @param weight (out, in)
     * @param bias (out), or {@code null} for none
     * @return (…, out)
     */
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        Script script = oneDnn == null ? kernels : oneDnn;
        return bias == null ? script.call("linear", x, x, weight) : script.call("linear", x, x, weight, bias);
    }

    /**
     * A two-dimensional convolution.
     *
     * @param x (batch, in, height, width)
     * @param weight (out, in, kernel, kernel)
     * @param bias (out)
     * @return (batch, out, height', width')
     */
    public NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return kernels.call("conv2d", x, x, weight, bias, stride, padding);
    }

    /** Group normalisation of (batch, channel, height, width) over {@code groups} groups of channels. */
    public NDArray groupNorm(NDArray x, int groups, NDArray weight, NDArray bias, double epsilon) {
        return kernels.call("group_norm", x, x, groups, weight, bias, epsilon);
    }

    /** The mean and biased variance of each image's groups: (2, batch, groups), float32. */
    public NDArray groupMoments(NDArray x, int groups) {
        return kernels.call("group_moments", x, x, groups);
    }

    /**
     * Group normalisation with the moments of image and reference together, as if both were one image.
     *
     * @param x (batch, channel, height, width)
     * @param reference moments from {@link #groupMoments}, (2, 1 or batch, groups)
     * @param share the reference's share of the total area, in (0, 1): 0.5 for equal sizes
     */
    public NDArray sharedGroupNorm(
            NDArray x, NDArray reference, double share, int groups, NDArray weight, NDArray bias, double epsilon) {
        return kernels.call("shared_group_norm", x, x, reference, share, groups, weight, bias, epsilon);
    }

    /** Layer normalisation over the last axis. */
    public NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
        return kernels.call("layer_norm", x, x, weight, bias, epsilon);
    }

    /**
     * Looks up embeddings: ids (batch, token), int64; weight (vocabulary, channel); returns (batch, token, channel).
     */
    public NDArray embedding(NDArray ids, NDArray weight) {
        return kernels.call("embedding", ids, ids, weight);
    }

    /** x · sigmoid(x). */
    public NDArray silu(NDArray x) {
        return kernels.call("silu", x, x);
    }

    /** x · Φ(x), exactly. */
    public NDArray gelu(NDArray x) {
        return kernels.call("gelu", x, x);
    }

    /** x · sigmoid(1.702 x). */
    public NDArray quickGelu(NDArray x) {
        return kernels.call("quick_gelu", x, x);
    }

    /** (…, 2 channels) to (…, channels): the first half times GELU of the second. Shazeer 2020. */
    public NDArray geglu(NDArray x) {
        return kernels.call("geglu", x, x);
    }

    /** Nearest-neighbour interpolation of (batch, channel, height, width). */
    public NDArray upsample(NDArray x, long height, long width) {
        return kernels.call("upsample", x, x, height, width);
    }

    /** Pads the last two axes with zeros. */
    public NDArray pad(NDArray x, int left, int right, int top, int bottom) {
        return kernels.call("pad", x, x, left, right, top, bottom);
    }

    /** (batch, token, head · channel) to (batch, head, token, channel), without a copy. */
    public NDArray splitHeads(NDArray x, int heads) {
        return kernels.call("split_heads", x, x, heads);
    }

    /** (batch, head, token, channel) to (batch, token, head · channel). */
    public NDArray mergeHeads(NDArray x) {
        return kernels.call("merge_heads", x, x);
    }

    /**
     * Scaled dot-product attention of (batch, head, token, channel); with {@code causal} each token attends only to
     * itself and earlier tokens.
     */
    public NDArray attention(NDArray query, NDArray key, NDArray value, boolean causal) {
        return kernels.call("attention", query, query, key, value, causal);
    }

    @Override
    public NDArray attend(NDArray query, List<Part> parts) {
        if (parts.size() == 1 && isPlain(query, parts.get(0))) {
            return attention(query, parts.get(0).key(), parts.get(0).value(), false);
        }
        return merging == null ? attendJoined(query, parts) : over(merging, query, parts);
    }

    /** Whether scaled dot-product attention suffices for a single part: a score bias has no effect on it. */
    private static boolean isPlain(NDArray query, Part part) {
        return part.tokenBias() == null
                && query.getShape().get(0) == part.key().getShape().get(0);
    }

    /**
     * As {@link #attend}, by concatenation: the reference for tests, and the fallback if log-sum-exp is not available.
     */
    NDArray attendJoined(NDArray query, List<Part> parts) {
        return over(kernels, query, parts);
    }

    /** Whether parts are attended to separately and merged by log-sum-exp. */
    boolean merges() {
        return merging != null;
    }

    private static NDArray over(Script script, NDArray query, List<Part> parts) {
        List<NDArray> keys = parts.stream().map(Part::key).toList();
        List<NDArray> values = parts.stream().map(Part::value).toList();
        double[] biases = parts.stream().mapToDouble(Part::scoreBias).toArray();
        if (parts.stream().allMatch(part -> part.tokenBias() == null)) {
            return script.call("attend", query, query, keys, values, biases);
        }
        try (NDArray none = query.getManager().create(new float[0])) {
            List<NDArray> tokenBiases = parts.stream()
                    .map(part -> part.tokenBias() == null ? none : part.tokenBias())
                    .toList();
            return script.call("attend_biased", query, query, keys, values, biases, tokenBiases);
        }
    }

    @Override
    public NDArray probabilities(NDArray query, NDArray key) {
        return kernels.call("probabilities", query, query, key);
    }

    @Override
    public NDArray adain(NDArray features, NDArray reference) {
        return kernels.call("adain", features, features, reference);
    }

    /**
     * The sinusoidal embedding of Vaswani et al. 2017, as Ho et al. 2020 use it for timesteps.
     *
     * @param values (count), float32
     * @param channels even
     * @param cosineFirst [cos | sin] instead of [sin | cos]
     * @param shift subtracted from the number of frequencies before the division
     * @return (count, channels), float32
     */
    public NDArray sinusoid(NDArray values, int channels, boolean cosineFirst, double shift) {
        return kernels.call("sinusoid", values, values, channels, cosineFirst, shift);
    }

    /**
     * Samples standard normal noise from PyTorch's CPU generator: identical for a seed on every machine and device.
     *
     * @return an array of the shape, float32, on the manager's device
     */
    public NDArray noise(NDManager manager, long seed, long... shape) {
        return noiseAfter(manager, seed, 0, shape);
    }

    /**
     * Samples noise from PyTorch's CPU generator after skipping arrays of the same shape.
     *
     * @param before number of arrays to skip; they are sampled again, so the time grows with it
     * @return an array of the shape, float32, on the manager's device
     */
    public NDArray noiseAfter(NDManager manager, long seed, long before, long... shape) {
        NDArray noise = kernels.call("noise", (PtNDManager) manager, seed, before, shape);
        return device.isGpu() ? move(noise) : noise;
    }

    private NDArray move(NDArray x) {
        return kernels.call("move", x, x, "cuda:" + device.getDeviceId());
    }

    /** Converts an array to a precision; returns the array itself if it has that precision. */
    public NDArray cast(NDArray x, Precision precision) {
        return kernels.call("cast", x, x, precision.scalarType());
    }

    /** Reinterprets the bits of a float16 array as bfloat16, as a copy. */
    public NDArray bfloat16Bits(NDArray float16) {
        return kernels.call("bfloat16_bits", float16, float16);
    }

    /** (batch, channel, height, width) in channels-last memory format, for which convolutions are fastest. */
    public NDArray channelsLast(NDArray x) {
        return kernels.call("channels_last", x, x);
    }

    /** In contiguous memory format. */
    public NDArray contiguous(NDArray x) {
        return kernels.call("contiguous", x, x);
    }

    /** Whether no number is NaN or infinite: one pass over the array, without a copy of a contiguous one. */
    public boolean isFinite(NDArray x) {
        if (x.size() == 0) {
            return true;
        }
        try (NDArray extremes = kernels.call("extremes", x, x)) {
            float[] values = extremes.toFloatArray();
            return Float.isFinite(values[0]) && Float.isFinite(values[1]);
        }
    }

    /**
     * Converts an image (1, 3, height, width) in [-1, 1] to (height, width, 3) bytes: clamped and rounded half to even.
     */
    public NDArray pixels(NDArray image) {
        return kernels.call("pixels", image, image);
    }

    @Override
    public void close() {
        kernels.close();
        if (merging != null) {
            merging.close();
        }
        if (oneDnn != null) {
            oneDnn.close();
        }
    }
}
