// Lessons from London, counted by stage, form and confidence.
MATCH (lesson:Lesson)-[:FROM]->(:City {id: 'city/gb-eng-london'})
WHERE lesson.marking <= 2
WITH collect(lesson) AS lessons
UNWIND lessons AS lesson
RETURN size(lessons) AS all, lesson.stage AS stage, lesson.form AS form, lesson.confidence AS confidence, count(*) AS count
