package dev.sallyport.proxy.balance;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.channel.EventLoop;
import java.util.List;

/**
 * Several upstreams that share one route. One that has no healthy endpoint is left out as long as
 * another has.
 */
public final class SharedUpstreams implements Upstream {

  private final List<UpstreamGroup> groups;
  private final List<Upstream> ways;
  private final SmoothRotation rotation;

  /**
   * @param weights the groups' shares, in their order
   */
  public SharedUpstreams(List<UpstreamGroup> groups, List<Integer> weights) {
    this(groups, groups, weights);
  }

  /**
   * @param ways to the groups, in their order: each the group itself, or with something before it
   * @param weights the groups' shares, in their order
   */
  public SharedUpstreams(
      List<UpstreamGroup> groups, List<? extends Upstream> ways, List<Integer> weights) {
    this.groups = List.copyOf(groups);
    this.ways = List.copyOf(ways);
    this.rotation = new SmoothRotation(weights.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    int index = rotation.next(i -> groups.get(i).available());
    return ways.get(Math.max(index, 0)).open(loop, request, receiver);
  }

  /** The groups belong to whoever made them. */
  @Override
  public void close() {}
}
