/** What a client sends or tries before it submits a set: uploads, and previews of control images. */
package org.atelier.web.inputs;
