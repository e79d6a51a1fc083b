package dev.sallyport.server.assembly;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.resources.custom.Definition;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.store.ResourceStore;

/** The objects of one definition, as the registry deletes them. */
record CustomObjects(ResourceRegistry registry, ResourceStore store) {

  private static final UserInfo SERVER =
      UserInfo.of(WellKnown.USER_APISERVER, WellKnown.GROUP_MASTERS);

  /** Deletes all of them; answers how many are left, held by finalizers. */
  Answer<Integer> deleteAll(Definition definition) {
    return count(definition)
        .then(
            there ->
                there == 0
                    ? Answer.now(0)
                    : registry
                        .deleteCollection(
                            ResourceCall.of(SERVER, definition.stored().resource(), "", ""),
                            Body.NONE)
                        .then(deleted -> count(definition)));
  }

  private Answer<Integer> count(Definition definition) {
    return store
        .list(definition.collection(), "", ResourceStore.ListOptions.ALL)
        .map(listing -> listing.objects().size());
  }
}
