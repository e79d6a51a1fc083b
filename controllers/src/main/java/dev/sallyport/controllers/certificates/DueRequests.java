package dev.sallyport.controllers.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/** Follows the requests and hands on, one after another, those for which something is due. */
final class DueRequests implements ObjectClient.Observer {
  private final ObjectClient client;
  private final Predicate<RequestObject> due;
  private final Function<RequestObject, Answer<Boolean>> work;
  private final WorkQueue queue;

  /**
   * @param purpose what is done, for the log
   * @param due whether there is something to do; asked again with the newest state
   * @param work does it; false for another try later
   * @param executor where requests are read and the work is done
   * @param later runs a task on the executor after a pause
   */
  DueRequests(
      ObjectClient client,
      String purpose,
      Predicate<RequestObject> due,
      Function<RequestObject, Answer<Boolean>> work,
      Executor executor,
      Executor later) {
    this.client = client;
    this.due = due;
    this.work = work;
    this.queue = new WorkQueue(purpose, executor, later, this::look);
  }

  void follow() {
    client.observe(RequestObject.RESOURCE, this);
  }

  @Override
  public void present(JsonNode object) {
    RequestObject request = new RequestObject(object);
    if (due.test(request)) {
      queue.add(request.name());
    }
  }

  @Override
  public void gone(JsonNode last) {}

  private Answer<Boolean> look(String name) {
    return client
        .get(RequestObject.RESOURCE, "", name)
        .then(
            found ->
                found
                    .map(RequestObject::new)
                    .filter(due)
                    .map(work)
                    .orElseGet(() -> Answer.now(true)));
  }
}
