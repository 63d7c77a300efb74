package org.atelier.attention.record;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;

/**
 * The recording of a reference: its own attention, which no other image changes, and where its words are.
 *
 * @param call of images with this reference
 */
record ReferenceRecording(AttentionCall call, Subjects subjects) {

    TensorFile of(Reference reference, int number) {
        TensorFile file = Recording.begin(call, "reference");
        file.put("reference", number);
        file.put("weight", reference.weight());
        AttentionLayer layer = call.layer();
        Heads heads = reference.heads();
        if (heads.query().getShape().get(2) == (long) layer.height() * layer.width()) {
            subjects.into(file, layer, word -> call.maps().of(reference, word));
            NDArray attended = call.kernels().attend(heads.query(), List.of(Part.of(heads.key(), heads.value())));
            Recording.output(file, layer, attended);
        }
        return file;
    }
}
