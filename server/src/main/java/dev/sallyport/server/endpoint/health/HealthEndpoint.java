package dev.sallyport.server.endpoint.health;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A probe: 200 when all its checks pass, else 500. {@code ?verbose} tells each check's outcome,
 * {@code ?exclude=} leaves checks out, and a path below it asks for one check alone. Why a check
 * failed is told to the log only.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/health-checks/">Kubernetes API
 *     health endpoints</a>
 */
public final class HealthEndpoint implements Endpoint {

  private static final Logger log = LoggerFactory.getLogger(HealthEndpoint.class);

  private final String name;
  private final List<HealthCheck> checks;
  private final Observer observer;

  /** Is told how each check ended. Quick; any thread. */
  @FunctionalInterface
  public interface Observer {
    void checked(String probe, String check, boolean well);
  }

  /**
   * @param name the path without its slash, such as livez
   */
  public HealthEndpoint(String name, List<HealthCheck> checks, Observer observer) {
    this.name = name;
    this.checks = List.copyOf(checks);
    this.observer = observer;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    String path = context.info().path();
    int below = name.length() + 2;
    if (path.length() <= below) {
      return Answer.now(all(context.query()));
    }
    HealthCheck check = find(path.substring(below));
    return Answer.now(check == null ? Responses.pathNotFound() : one(check));
  }

  private @Nullable HealthCheck find(String wanted) {
    for (HealthCheck check : checks) {
      if (check.name().equals(wanted)) {
        return check;
      }
    }
    return null;
  }

  private Response one(HealthCheck check) {
    if (failure(check) == null) {
      return Responses.text(200, "ok");
    }
    return Responses.text(500, "internal server error: " + check.name() + " failed\n");
  }

  private Response all(Query query) {
    List<String> excluded = new ArrayList<>();
    for (String value : query.all("exclude")) {
      excluded.addAll(List.of(value.split(",", -1)));
    }
    StringBuilder report = new StringBuilder();
    boolean well = true;
    for (HealthCheck check : checks) {
      well &= excluded.remove(check.name()) ? excluded(check, report) : passes(check, report);
    }
    unmatched(excluded, report);
    if (well && !query.has("verbose")) {
      return Responses.text(200, "ok");
    }
    report.append(name).append(well ? " check passed\n" : " check failed\n");
    return Responses.text(well ? 200 : 500, report.toString());
  }

  private static boolean excluded(HealthCheck check, StringBuilder report) {
    report.append("[+]").append(check.name()).append(" excluded: ok\n");
    return true;
  }

  private boolean passes(HealthCheck check, StringBuilder report) {
    String failure = failure(check);
    if (failure == null) {
      report.append("[+]").append(check.name()).append(" ok\n");
      return true;
    }
    log.info("{} check {} fails: {}", name, check.name(), failure);
    report.append("[-]").append(check.name()).append(" failed: reason withheld\n");
    return false;
  }

  private @Nullable String failure(HealthCheck check) {
    String failure = check.probe().get();
    observer.checked(name, check.name(), failure == null);
    return failure;
  }

  private static void unmatched(List<String> excluded, StringBuilder report) {
    excluded.removeIf(String::isEmpty);
    if (!excluded.isEmpty()) {
      report.append("warn: some health checks cannot be excluded: no matches for ");
      for (int i = 0; i < excluded.size(); i++) {
        report.append(i == 0 ? "\"" : ",\"").append(excluded.get(i)).append('"');
      }
      report.append('\n');
    }
  }
}
