package dev.sallyport.proxy.streams.recording;

import dev.sallyport.config.RecordingLevel;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.StreamTarget;
import io.netty.channel.EventLoop;

/** The upstream as one caller gets it who must be recorded. */
final class RecordedUpstream implements Upstream {

  private final Upstream upstream;
  private final SessionRecorder recorder;
  private final SessionFacts facts;
  private final RecordingLevel level;

  RecordedUpstream(
      Upstream upstream, SessionRecorder recorder, SessionFacts facts, RecordingLevel level) {
    this.upstream = upstream;
    this.recorder = recorder;
    this.facts = facts;
    this.level = level;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver client) {
    StreamTarget target = StreamTarget.of(request);
    if (target == null && !StreamTarget.throughANode(request)) {
      return upstream.open(loop, request, client);
    }
    RecordedExchange exchange = new RecordedExchange(loop, request, client, recorder, facts, level);
    exchange.start(upstream, target);
    return exchange;
  }

  @Override
  public void close() {
    upstream.close();
  }
}
