package org.atelier.api.server;

import java.net.URI;
import org.atelier.api.health.Doctor;
import org.atelier.api.job.SetQueue;
import org.atelier.api.plugin.PluginCatalog;

/**
 * An Atelier that runs in another process of this machine. What it is asked it is asked through its door: each call may
 * throw {@link org.atelier.api.AtelierException.Code#SERVICE_UNREACHABLE}, besides what the called one throws there.
 *
 * @param address of its door
 * @param queue its jobs. A listener receives no previews, and of fast changes only the last
 * @param plugins those that are there
 * @param doctor what is wrong there
 */
public record Server(URI address, SetQueue queue, PluginCatalog plugins, Doctor doctor) {}
