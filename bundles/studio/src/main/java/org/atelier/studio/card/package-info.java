/** Style cards. */
package org.atelier.studio.card;
