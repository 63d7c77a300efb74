package org.atelier.launcher;

import java.nio.file.Path;
import org.atelier.launcher.exit.DeployedExit;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Makes {@code System.exit} throw in the classes of deployed bundles, so that a plugin fails instead of the process. */
final class ExitWeaver implements WeavingHook {

    private static final String TARGET = DeployedExit.class.getName().replace('.', '/');

    private final String deployFolder;

    /** @param deployFolder the folder that deployed bundles are installed from */
    ExitWeaver(Path deployFolder) {
        this.deployFolder = deployFolder.toUri().toString();
    }

    @Override
    public void weave(WovenClass woven) {
        if (woven.getBundleWiring().getBundle().getLocation().startsWith(deployFolder)) {
            ExitCalls.redirected(woven.getBytes(), TARGET).ifPresent(redirected -> {
                woven.setBytes(redirected);
                woven.getDynamicImports().add(DeployedExit.class.getPackageName());
            });
        }
    }
}
