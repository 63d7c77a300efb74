package org.atelier.it.blend.apart;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.blend.StyleBlend;
import org.atelier.it.harness.PluginFactory;

/** Asks the blend whether it keeps references apart. */
public final class BlendProbe implements Callable<Boolean> {

    @Override
    public Boolean call() throws Exception {
        return PluginFactory.<StyleBlend>find(StyleBlend.FACTORY, "apart")
                .use(Map.of(), blend -> blend.blend(List.of()).isEmpty());
    }
}
