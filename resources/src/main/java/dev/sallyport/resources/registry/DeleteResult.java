package dev.sallyport.resources.registry;

import dev.sallyport.api.Status;
import dev.sallyport.store.StoredObject;

/** The outcome of a deletion. */
public sealed interface DeleteResult {

  /** The HTTP status. */
  int code();

  /** It is gone; the answer is a Status that says so. */
  record Gone(Status status) implements DeleteResult {
    @Override
    public int code() {
      return status.code();
    }
  }

  /** The answer is the object: what it was last, or what it is while something still holds it. */
  record Object(int code, StoredObject object) implements DeleteResult {}
}
