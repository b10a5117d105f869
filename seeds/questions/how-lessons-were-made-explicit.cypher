// How lessons were written down, and who validated them.
MATCH (conversion:Conversion)-[:OF_LESSON]->(lesson:Lesson)
WHERE lesson.marking <= 2
OPTIONAL MATCH (lesson)-[validated:VALIDATED_BY]->(judge)
RETURN conversion.since AS since, conversion.process AS process, conversion.result AS result,
       lesson.statement AS lesson, lesson.form AS form, validated.since AS validatedOn, judge.name AS validatedBy
ORDER BY conversion.sinceDay
