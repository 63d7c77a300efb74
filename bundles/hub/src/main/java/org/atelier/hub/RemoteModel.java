package org.atelier.hub;

import java.util.List;
import org.atelier.models.library.HubName;

/**
 * The files of a model at a commit, as the hub lists them.
 *
 * @param name the requested name
 * @param commit the current commit of the revision
 * @param files in the hub's order
 */
record RemoteModel(HubName name, String commit, List<RemoteFile> files) {}
