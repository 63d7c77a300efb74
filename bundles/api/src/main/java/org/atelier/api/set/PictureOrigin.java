package org.atelier.api.set;

import java.util.Map;

/**
 * What a picture says about how it was made.
 *
 * @param width pixels
 * @param height pixels
 * @param index the picture's place in its set, from 0; {@code null} if it was not drawn by Atelier
 * @param reference which of the set's references it is a reconstruction of, from 0; {@code null} if it is none, or of all
 * @param request what its set was drawn from; {@code null} if it was not drawn by Atelier
 * @param texts every text of the file by keyword, as it stands there: {@code parameters} as A1111 writes it, and others
 */
public record PictureOrigin(
        int width, int height, Integer index, Integer reference, SetRequest request, Map<String, String> texts) {}
