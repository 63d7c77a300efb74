package org.atelier.tensor;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A TorchScript class whose methods can be called. Its source is packed into an archive as PyTorch saves it. */
final class Script {

    private final Model model;
    private final PtSymbolBlock block;

    private Script(Model model) {
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
    }

    /**
     * Loads a class from a resource of this package.
     *
     * @param resource the source, for example {@code kernels.py}
     * @param className the class that it defines
     * @throws MalformedModelException if this libtorch lacks an operator that the source uses
     */
    static Script load(String resource, String className, Device device) throws MalformedModelException {
        Model model = Model.newInstance(className, device, "PyTorch");
        try {
            byte[] archive = ScriptArchive.of(className, source(resource));
            ((PtModel) model).load(new ByteArrayInputStream(archive), false);
            return new Script(model);
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException(e);
        } catch (MalformedModelException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static String source(String resource) throws IOException {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Calls a method that returns one tensor.
     *
     * @param owner the result belongs to its manager
     * @param arguments NDArray, Integer, Long, Double, Boolean, String, long[], double[] or a list of NDArrays
     */
    NDArray call(String method, NDArray owner, Object... arguments) {
        return call(method, (PtNDManager) owner.getManager(), arguments);
    }

    /** As {@link #call(String, NDArray, Object...)}, for a method without tensor arguments. */
    NDArray call(String method, PtNDManager manager, Object... arguments) {
        IValue[] values = new IValue[arguments.length];
        // The graph optimiser runs the first calls differently from later ones, without a measurable gain, so it is
        // disabled. The setting is per thread, so it is set at every call.
        JniUtils.setGraphExecutorOptimize(false);
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = value(arguments[i]);
            }
            try (IValue result = IValueUtils.runMethod(block, method, values)) {
                return result.toTensor(manager);
            }
        } finally {
            for (IValue value : values) {
                if (value != null) {
                    value.close();
                }
            }
        }
    }

    private static IValue value(Object argument) {
        if (argument instanceof PtNDArray tensor) {
            return IValue.from(tensor);
        } else if (argument instanceof Integer number) {
            return IValue.from(number.longValue());
        } else if (argument instanceof Long number) {
            return IValue.from(number);
        } else if (argument instanceof Double number) {
            return IValue.from(number);
        } else if (argument instanceof Boolean flag) {
            return IValue.from(flag);
        } else if (argument instanceof String text) {
            return IValue.from(text);
        } else if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        } else if (argument instanceof double[] numbers) {
            return IValue.listFrom(numbers);
        } else if (argument instanceof List<?> tensors) {
            return IValue.listFrom(tensors.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
        }
        throw new IllegalArgumentException("Unsupported TorchScript argument: " + argument.getClass());
    }

    void close() {
        model.close();
    }
}
