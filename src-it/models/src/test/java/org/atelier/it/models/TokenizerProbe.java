package org.atelier.it.models;

import java.util.concurrent.Callable;
import org.atelier.models.library.ModelLibrary;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Opens sketchbook with the library service and encodes a prompt, which needs native code. */
public final class TokenizerProbe implements Callable<long[]> {

    @Override
    public long[] call() {
        BundleContext context = FrameworkUtil.getBundle(TokenizerProbe.class).getBundleContext();
        ModelLibrary library = context.getService(context.getServiceReference(ModelLibrary.class));
        try (PromptTokenizer tokenizer = library.find("sketchbook").tokenizer("tokenizer")) {
            return tokenizer.encode("a red fish").ids();
        }
    }
}
