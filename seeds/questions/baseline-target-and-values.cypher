// The baseline, the target and the measured values of every metric that has a target.
MATCH (metric:Metric)<-[:OF_METRIC]-(value:Measurement)
  WHERE EXISTS { (metric)<-[:OF_METRIC]-(target:Measurement {role: 'TARGET'}) WHERE target.marking = 0 }
    AND value.marking = 0
RETURN metric.name, metric.unit, metric.confidence, value.role, value.since, value.value
ORDER BY metric.name, metric.id, value.sinceDay, value.id
