/** What other programs write into images: how each was generated, and as much of it as a request can hold. */
package org.atelier.requests.foreign;
