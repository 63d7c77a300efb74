package org.atelier.hub;

import java.util.List;
import org.atelier.models.library.HubName;

/**
 * All files of a model at a commit, as the hub lists them.
 *
 * @param name what was asked for
 * @param commit what its revision is now
 * @param files in the hub's order
 */
record RemoteModel(HubName name, String commit, List<RemoteFile> files) {}
