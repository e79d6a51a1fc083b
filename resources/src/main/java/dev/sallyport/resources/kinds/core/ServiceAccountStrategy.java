package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import java.util.Set;

/** Service accounts: nothing to check beyond metadata; a deletion answers the account. */
final class ServiceAccountStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.ANSWERS_DELETED);
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    // Secrets are only listed by the server; a client's list would grant mounting rights.
    object.remove("secrets");
  }
}
