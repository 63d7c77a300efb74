/** Parts of images with prompts of their own. */
package org.atelier.studio.region;
