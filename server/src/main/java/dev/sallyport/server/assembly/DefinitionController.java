package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import dev.sallyport.resources.custom.Definition;
import dev.sallyport.resources.custom.DefinitionStatus;
import dev.sallyport.resources.custom.DefinitionTable;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Gives definitions their names and establishes them, and lets those go that are deleted once their
 * objects are gone. A group's definitions are looked after together, one after the other: they
 * share their names. Every replica does so; whoever comes second finds nothing to write.
 */
final class DefinitionController {

  private static final ResourceId DEFINITIONS =
      new ResourceId("apiextensions.k8s.io", "customresourcedefinitions");

  private final CustomResources customs;
  private final ObjectClient client;
  private final CustomObjects objects;
  private final ResourceStore store;
  private final Clock clock;
  private final WorkQueue queue;

  DefinitionController(
      CustomResources customs,
      ObjectClient client,
      CustomObjects objects,
      ResourceStore store,
      Clock clock,
      Executor workers,
      Executor later) {
    this.customs = customs;
    this.client = client;
    this.objects = objects;
    this.store = store;
    this.clock = clock;
    this.queue = new WorkQueue("Definitions of group", workers, later, this::reconcile);
  }

  void start() {
    customs.listen(change -> queue.add(change.any().group()));
    for (Definition definition : customs.table().definitions()) {
      if (!definition.settled()) {
        queue.add(definition.group());
      }
    }
  }

  private Answer<Boolean> reconcile(String group) {
    Answer<Boolean> done = Answer.now(true);
    for (Definition definition : group(group)) {
      done = done.then(before -> settle(definition.name()).map(settled -> before && settled));
    }
    return done;
  }

  private List<Definition> group(String group) {
    return customs.table().definitions().stream()
        .filter(definition -> definition.group().equals(group))
        .sorted(Comparator.comparing(Definition::name))
        .toList();
  }

  private Answer<Boolean> settle(String name) {
    DefinitionTable table = customs.table();
    Definition definition = table.definition(name);
    if (definition == null || definition.settled()) {
      return Answer.now(true);
    }
    boolean builtIn = customs.builtIn(definition.group());
    if (definition.terminating()) {
      return definition.cleaning() ? clean(definition, builtIn) : Answer.now(true);
    }
    return (builtIn ? Answer.now(true) : swept(definition))
        .then(
            swept ->
                status(
                    name,
                    current ->
                        DefinitionStatus.named(
                            current, group(definition.group()), builtIn, now())));
  }

  private Answer<Boolean> status(String name, UnaryOperator<ObjectNode> change) {
    return Outcomes.settled(() -> client.update(DEFINITIONS, "", name, "status", change));
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A kind begins without objects, whatever was left of another one of its name. */
  private Answer<Boolean> swept(Definition definition) {
    if (!definition.accepted().plural().isEmpty()) {
      return Answer.now(true);
    }
    return store
        .list(definition.collection(), "", ResourceStore.ListOptions.ALL)
        .then(
            listing -> {
              Answer<Boolean> done = Answer.now(true);
              for (StoredObject left : listing.objects()) {
                done =
                    done.then(
                        before ->
                            Outcomes.settled(
                                () ->
                                    store.delete(
                                        left.key(),
                                        new Preconditions(left.uid(), left.revision()))));
              }
              return done;
            });
  }

  /** In a built-in group nothing was ever stored for a definition: what stands there is not its. */
  private Answer<Boolean> clean(Definition definition, boolean builtIn) {
    if (builtIn) {
      return release(definition.name());
    }
    return status(definition.name(), current -> DefinitionStatus.cleaning(current, now()))
        .then(told -> objects.deleteAll(definition))
        .then(left -> left == 0 ? release(definition.name()) : Answer.now(false));
  }

  private Answer<Boolean> release(String name) {
    return Outcomes.settled(() -> client.update(DEFINITIONS, "", name, DefinitionStatus::released));
  }
}
