package dev.sallyport.proxy.factory;

import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.routes.EndpointSpec;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.balance.GroupEndpoint;
import dev.sallyport.proxy.balance.GroupObserver;
import dev.sallyport.proxy.balance.GroupSettings;
import dev.sallyport.proxy.balance.HealthChecks;
import dev.sallyport.proxy.balance.UpstreamGroup;
import dev.sallyport.proxy.headers.IdentityHeaders;
import dev.sallyport.proxy.headers.RequestHeaders;
import dev.sallyport.webhook.kubeconfig.FileSource;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upstreams of a configuration. One that stands in the next configuration as it was is kept,
 * with its connections and what is known of its health; one that is gone or changed ends when its
 * last exchange has. One thread at a time.
 */
public final class Groups implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Groups.class);

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

  private final ByteBufAllocator buffers;
  private final Supplier<EventLoop> background;
  private final Function<String, GroupObserver> observers;
  private final Function<UpstreamSpec, IdentityHeaders> identities;
  private volatile Map<String, LiveUpstream> current = Map.of();

  /**
   * @param buffers where connections take theirs from
   * @param background a loop for probes and for what ends later; asked for when needed
   * @param observers who hears how the upstream of a name does
   * @param identities how an upstream learns who calls
   */
  public Groups(
      ByteBufAllocator buffers,
      Supplier<EventLoop> background,
      Function<String, GroupObserver> observers,
      Function<UpstreamSpec, IdentityHeaders> identities) {
    this.buffers = buffers;
    this.background = background;
    this.observers = observers;
    this.identities = identities;
  }

  /** A set of upstreams that may take the current one's place. */
  public final class Next {
    private final Map<String, Credentials> credentials;
    private final List<UpstreamSpec> specs;

    private Next(List<UpstreamSpec> specs, Map<String, Credentials> credentials) {
      this.specs = specs;
      this.credentials = credentials;
    }

    /** Takes it over; nothing can fail any more. */
    public Map<String, UpstreamGroup> begin() {
      return replace(specs, credentials);
    }
  }

  /**
   * Looks into the files of all upstreams; nothing is changed yet.
   *
   * @throws InvalidFileException when one cannot be used
   */
  public Next prepare(RouteConfiguration configuration, FileSource files)
      throws InvalidFileException {
    return new Next(configuration.upstreams(), credentials(configuration, files));
  }

  /** Looks into the files of all upstreams and forgets them. */
  public static void check(RouteConfiguration configuration, FileSource files)
      throws InvalidFileException {
    var unused = credentials(configuration, files);
  }

  private static Map<String, Credentials> credentials(
      RouteConfiguration configuration, FileSource files) throws InvalidFileException {
    CredentialReader reader = new CredentialReader(files);
    Map<String, Credentials> read = new HashMap<>();
    for (UpstreamSpec spec : configuration.upstreams()) {
      read.put(spec.name(), reader.read(spec));
    }
    return read;
  }

  private Map<String, UpstreamGroup> replace(
      List<UpstreamSpec> specs, Map<String, Credentials> credentials) {
    Map<String, LiveUpstream> before = new HashMap<>(current);
    Map<String, LiveUpstream> after = new HashMap<>();
    Map<String, UpstreamGroup> groups = new HashMap<>();
    for (UpstreamSpec spec : specs) {
      Credentials fresh = Objects.requireNonNull(credentials.get(spec.name()));
      LiveUpstream kept = before.get(spec.name());
      if (kept != null && kept.renew(spec, fresh)) {
        before.remove(spec.name());
      } else {
        kept = start(spec, fresh);
      }
      after.put(spec.name(), kept);
      groups.put(spec.name(), kept.group());
    }
    current = Map.copyOf(after);
    before.values().forEach(this::retire);
    return groups;
  }

  /** All that are in use now. */
  public Collection<UpstreamGroup> groups() {
    return current.values().stream().map(LiveUpstream::group).toList();
  }

  private void retire(LiveUpstream old) {
    log.info("Upstream {} is no longer in use in this form", old.spec().name());
    old.retire();
    new Retirement(old, background.get()).begin();
  }

  private LiveUpstream start(UpstreamSpec spec, Credentials credentials) {
    LiveUpstream live = new LiveUpstream(spec, credentials);
    List<GroupEndpoint> endpoints = new ArrayList<>();
    URI server = credentials.server();
    if (server != null) {
      endpoints.add(endpoint(live, new EndpointSpec(server, 1)));
    } else {
      spec.endpoints().forEach(each -> endpoints.add(endpoint(live, each)));
    }
    UpstreamGroup group =
        new UpstreamGroup(
            new GroupSettings(spec.name(), spec.timeouts(), spec.maxConnections(), spec.retries()),
            endpoints,
            observers.apply(spec.name()));
    live.started(
        group,
        spec.healthCheck()
            .map(config -> new HealthChecks(group, config, background.get()))
            .orElse(null));
    return live;
  }

  private GroupEndpoint endpoint(LiveUpstream live, EndpointSpec endpoint) {
    return new GroupEndpoint(
        endpoint.url().toString(),
        endpoint.weight(),
        upstream(live, endpoint, identities.apply(live.spec())),
        upstream(live, endpoint, IdentityHeaders.NONE));
  }

  private Upstream upstream(LiveUpstream live, EndpointSpec endpoint, IdentityHeaders identity) {
    URI url = endpoint.url();
    Duration connect = live.spec().timeouts().connect();
    return EndpointFactory.create(
        url,
        live.spec().protocol(),
        endpoint.secure() ? live::tls : null,
        live.credentials().serverName(),
        connect.isZero() ? LONGEST_CONNECT : connect,
        live.spec().proxyProtocol(),
        new RequestHeaders(EndpointFactory.authority(url), identity, live::authorization),
        buffers);
  }

  @Override
  public void close() {
    current.values().forEach(LiveUpstream::close);
    current = Map.of();
  }
}
