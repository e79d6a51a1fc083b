package dev.sallyport.server.assembly;

import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.server.chain.Chain;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.filter.AuthenticationFilter;
import dev.sallyport.server.filter.AuthenticationObserver;
import dev.sallyport.server.filter.AuthorizationFilter;
import dev.sallyport.server.filter.CredentialHeaders;
import dev.sallyport.server.filter.DeadlineFilter;
import dev.sallyport.server.filter.EndpointGuard;
import dev.sallyport.server.filter.FilteredLists;
import dev.sallyport.server.filter.InFlightFilter;
import dev.sallyport.server.filter.LiveAnswers;
import dev.sallyport.server.filter.MetricsFilter;
import dev.sallyport.server.filter.PanicGuard;
import dev.sallyport.server.filter.PodStreamFilter;
import dev.sallyport.server.filter.RequestFirewall;
import dev.sallyport.server.filter.RequestInfoFilter;
import dev.sallyport.server.filter.audit.AuditBook;
import dev.sallyport.server.filter.audit.AuditFilter;
import dev.sallyport.server.filter.audit.AuditStartFilter;
import dev.sallyport.server.filter.route.RouteFilter;
import dev.sallyport.server.filter.route.RouteTable;
import dev.sallyport.server.filter.route.RoutedAuthentication;
import dev.sallyport.server.metrics.ServerMetrics;
import dev.sallyport.server.response.ErrorTranslator;
import dev.sallyport.server.response.ResponseWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Lists the filters. Their order is the security policy. */
final class ChainFactory {

  private ChainFactory() {}

  static Chain create(
      ServerConfig config,
      Doors doors,
      Filter ownCredential,
      Optional<AuditBook> book,
      Filter impersonation,
      Optional<FilteredLists> lists,
      Supplier<RouteTable> routes,
      Endpoint endpoint,
      ResponseWriter writer,
      ServerMetrics metrics,
      Clock clock) {
    ErrorTranslator errors = new ErrorTranslator(writer, StoreFailures::status);
    InFlightFilter inFlight = new InFlightFilter(config.limits());
    metrics.watchInFlight(inFlight::reads, inFlight::writes);
    CredentialHeaders credentials = new CredentialHeaders(config.authentication().requestHeader());
    AuthorizationFilter authorization =
        new AuthorizationFilter(doors.authorization().authorizer(), writer, lists.orElse(null));
    List<Filter> filters = new ArrayList<>();
    book.map(AuditStartFilter::new).ifPresent(filters::add);
    filters.addAll(
        List.of(
            new PanicGuard(errors),
            new RequestFirewall(),
            new RouteFilter(routes),
            new RequestInfoFilter(),
            new MetricsFilter(metrics.requests()),
            new DeadlineFilter(config.limits()),
            ownCredential,
            new RoutedAuthentication(
                new AuthenticationFilter(
                    doors.authentication().authenticator(),
                    doors.authentication().apiAudiences(),
                    credentials,
                    writer,
                    counting(metrics)),
                credentials)));
    book.map(AuditFilter::new).ifPresent(filters::add);
    if (config.authentication().revocation().enabled()) {
      // kube-apiserver lets a watch outlive its credential; who asks for it gets more.
      filters.add(new LiveAnswers(doors.authentication().revocations(), clock));
    }
    filters.addAll(
        List.of(
            impersonation,
            inFlight,
            authorization,
            new PodStreamFilter(authorization),
            new EndpointGuard(errors)));
    return new Chain(filters, endpoint);
  }

  private static AuthenticationObserver counting(ServerMetrics metrics) {
    return result -> {
      if (result instanceof Authenticated) {
        metrics.authenticated();
      } else if (result instanceof AuthenticationResult.Rejected) {
        metrics.rejected();
      } else {
        metrics.withoutCredential();
      }
    };
  }
}
