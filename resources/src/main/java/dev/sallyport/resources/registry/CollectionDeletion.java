package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.store.Key;
import dev.sallyport.store.StoredObject;
import java.util.Iterator;

/** Deletes the objects of a list one after the other. */
final class CollectionDeletion {

  private final ListOperation reads;
  private final DeleteOperation deletion;

  CollectionDeletion(ListOperation reads, DeleteOperation deletion) {
    this.reads = reads;
    this.deletion = deletion;
  }

  Answer<ObjectList> run(ResourceCall call, ListOptions options, DeleteOptions delete) {
    return reads
        .list(call, options)
        .then(
            list ->
                rest(call, list.objects().iterator(), delete.withoutPreconditions())
                    .map(done -> list));
  }

  /**
   * Deletes what is left of the list. A write that is answered at once is followed by the next in a
   * loop, not by recursion: a collection may be long.
   */
  private Answer<Boolean> rest(
      ResourceCall call, Iterator<StoredObject> objects, DeleteOptions options) {
    while (objects.hasNext()) {
      Answer<Boolean> one = delete(call, objects.next().key(), options);
      if (!(one instanceof Answer.Now<Boolean>)) {
        return one.then(done -> rest(call, objects, options));
      }
    }
    return Answer.now(true);
  }

  private Answer<Boolean> delete(ResourceCall call, Key key, DeleteOptions options) {
    ResourceCall one =
        new ResourceCall(
            call.user(),
            call.resource(),
            key.namespace(),
            key.name(),
            call.subresource(),
            call.query(),
            call.userAgent());
    return Answers.recover(
        () -> deletion.run(one, options).map(result -> true),
        failure -> {
          // Somebody else was faster: it is gone, which is what was wanted.
          if (failure instanceof StatusException refusal && refusal.status().code() == 404) {
            return Answer.now(true);
          }
          throw StoreErrors.translated(failure, call.resource(), key.name());
        });
  }
}
