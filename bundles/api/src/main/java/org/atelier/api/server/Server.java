package org.atelier.api.server;

import java.net.URI;
import org.atelier.api.health.Doctor;
import org.atelier.api.job.SetQueue;
import org.atelier.api.plugin.PluginCatalog;

/**
 * An Atelier that runs in another process on this machine. Every call goes through its HTTP endpoint and may throw
 * {@link org.atelier.api.AtelierException.Code#SERVICE_UNREACHABLE} in addition to the exceptions of the called method.
 *
 * @param address of its endpoint
 * @param queue its jobs. A listener receives no previews, and of rapid changes only the last
 * @param plugins its plugins
 * @param doctor its health checks
 */
public record Server(URI address, SetQueue queue, PluginCatalog plugins, Doctor doctor) {}
